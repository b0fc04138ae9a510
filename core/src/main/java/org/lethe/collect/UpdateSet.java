package org.lethe.collect;

import org.jspecify.annotations.Nullable;
import org.lethe.schema.Table;

/**
 * The rows that stay and lose a reference, as a temporary table of their places and keys.
 *
 * @param name the temporary table, as SQL
 * @param table whose rows they are
 * @param sameKey condition that row {@code c} is entry {@code s}, wherever it is now; null where
 *     rows have no key
 * @param matching {@code from ... where ...} that finds the same rows {@code c} by the relation
 *     itself, for those whose place and key have changed since
 */
public record UpdateSet(
    Updated facts, String name, Table table, @Nullable String sameKey, String matching) {}
