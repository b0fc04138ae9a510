/** Rows of any table: which tables there are, their rows, and one row with what refers to it. */
@NullMarked
package org.lethe.server.records;

import org.jspecify.annotations.NullMarked;
