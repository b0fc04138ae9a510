/** Plans: a selection plus ordered steps, as immutable data with a hash. No I/O. */
@NullMarked
package org.lethe.plan;

import org.jspecify.annotations.NullMarked;
