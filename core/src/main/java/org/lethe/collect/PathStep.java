package org.lethe.collect;

import org.jspecify.annotations.Nullable;

/**
 * One step of the answer to "why is this here?", from a root to the row asked about.
 *
 * @param relation by which the row hangs on the step before; null for a root
 * @param skipped steps left out just before this one, all within the same table, in a very deep
 *     tree
 */
public record PathStep(Row row, @Nullable String relation, long skipped) {}
