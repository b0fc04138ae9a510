/** Lethe beside other ways to do the same: one run, one machine, one table of ratios. */
@NullMarked
package org.lethe.bench;

import org.jspecify.annotations.NullMarked;
