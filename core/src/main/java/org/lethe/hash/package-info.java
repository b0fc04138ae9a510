/** One way to hash, for everything that is recognised by its hash. */
@NullMarked
package org.lethe.hash;

import org.jspecify.annotations.NullMarked;
