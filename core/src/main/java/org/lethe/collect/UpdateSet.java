package org.lethe.collect;

import org.lethe.schema.Table;

/**
 * The rows that stay and lose a reference, as a temporary table of their places.
 *
 * @param name the temporary table, as SQL
 * @param table whose rows they are
 * @param matching {@code from ... where ...} that finds the same rows {@code c} by the relation
 *     itself, for those whose place has changed since
 */
public record UpdateSet(Updated facts, String name, Table table, String matching) {}
