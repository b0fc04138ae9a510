/** Ways to do the work, each a process of its own while it is measured. */
@NullMarked
package org.lethe.bench.peer;

import org.jspecify.annotations.NullMarked;
