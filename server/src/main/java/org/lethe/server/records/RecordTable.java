package org.lethe.server.records;

import org.jspecify.annotations.Nullable;

/**
 * A table in the list of tables.
 *
 * @param rows about how many; null where the database does not know
 * @param subject whose rows are people, or whose data its rows may be; null for nobody's
 * @param trash what becomes of deleted rows
 * @param retention how long the law wants rows kept; null where it does not
 */
public record RecordTable(
    String schema,
    String name,
    String path,
    @Nullable Long rows,
    @Nullable String subject,
    String trash,
    @Nullable String retention,
    @Nullable String comment) {}
