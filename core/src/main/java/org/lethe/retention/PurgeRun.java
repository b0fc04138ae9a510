package org.lethe.retention;

import java.time.Instant;

/**
 * A purge as recorded; only the latest are kept.
 *
 * @param number later ones have larger ones
 * @param purged deletions that became final
 * @param rows archived rows that went with them
 * @param failed deletions that were set aside
 */
public record PurgeRun(
    long number,
    String actor,
    Instant startedAt,
    Instant finishedAt,
    long purged,
    long rows,
    long failed) {}
