package org.lethe.policy;

import org.lethe.schema.TableId;

/** A column of a table. */
public record ColumnId(TableId table, String column) {}
