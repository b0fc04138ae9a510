package org.lethe.collect;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;

/**
 * The rows of one table that go.
 *
 * @param rows how many
 * @param marked whether they stay and are only marked as deleted
 * @param digest order-free digest of their keys; null when it was not asked for
 * @param reachedBy relation name to rows first reached by it; the empty name for roots
 */
public record Selected(
    TableId table,
    long rows,
    boolean marked,
    @Nullable String digest,
    Map<String, Long> reachedBy) {
  public Selected {
    reachedBy = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(reachedBy));
  }
}
