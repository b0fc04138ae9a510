package org.lethe.assertions;

import org.lethe.policy.ColumnId;

/**
 * A value of the canary in a column of a row.
 *
 * @param mark the part of it that occurs in no other column
 * @param shared whether the row is others' too
 * @param bytes whether the column holds bytes, which look different wherever they are handed out
 */
record Planted(ColumnId column, String value, String mark, boolean shared, boolean bytes) {}
