/** Comma-separated values, as spreadsheets read them. */
@NullMarked
package org.lethe.csv;

import org.jspecify.annotations.NullMarked;
