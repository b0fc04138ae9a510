/** The databases that are measured on, and how to tell whether what was done to them is right. */
@NullMarked
package org.lethe.bench.data;

import org.jspecify.annotations.NullMarked;
