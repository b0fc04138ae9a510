package org.lethe.collect;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.lethe.schema.TableId;

/**
 * Rows deleted per table and rows updated per relation, as Django's {@code (total, per model)}.
 *
 * @param deleted tables with at least one row
 * @param updated relation name to rows, relations with at least one row
 */
public record Counts(Map<TableId, Long> deleted, Map<String, Long> updated) {

  public static final Counts NONE = new Counts(Map.of(), Map.of());

  public Counts {
    deleted = positive(deleted);
    updated = positive(updated);
  }

  /** Rows deleted, over all tables. */
  public long total() {
    return deleted.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Rows deleted or updated, over all tables and relations. */
  public long touched() {
    return total() + updated.values().stream().mapToLong(Long::longValue).sum();
  }

  public Counts plus(Counts other) {
    return new Counts(merged(deleted, other.deleted), merged(updated, other.updated));
  }

  private static <K extends Comparable<K>> Map<K, Long> positive(Map<K, Long> counts) {
    Map<K, Long> kept = new TreeMap<>();
    counts.forEach(
        (k, v) -> {
          if (v > 0) {
            kept.put(k, v);
          }
        });
    return Collections.unmodifiableMap(kept);
  }

  private static <K extends Comparable<K>> Map<K, Long> merged(Map<K, Long> a, Map<K, Long> b) {
    Map<K, Long> sum = new TreeMap<>(a);
    b.forEach((k, v) -> sum.merge(k, v, Long::sum));
    return sum;
  }
}
