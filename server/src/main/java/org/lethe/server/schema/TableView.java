package org.lethe.server.schema;

import org.jspecify.annotations.Nullable;

/**
 * A table of the map.
 *
 * @param rows the database's own estimate; null where it has none
 * @param into relations by which other tables hang on it
 * @param outOf relations by which it hangs on others
 * @param undecided of both, those that nobody decided
 * @param records where its rows are; null for whoever may not look at them
 */
public record TableView(
    String schema,
    String name,
    @Nullable Long rows,
    int into,
    int outOf,
    int undecided,
    @Nullable String records) {}
