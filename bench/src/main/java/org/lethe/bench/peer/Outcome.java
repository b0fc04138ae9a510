package org.lethe.bench.peer;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a peer found out, to compare with the others.
 *
 * @param counts of a preview: rows that would go per table, and {@code table.column} for rows that
 *     would change
 * @param rows that were exported
 */
public record Outcome(Map<String, Long> counts, long rows) {

  /** Where what the database holds afterwards says everything. */
  public static final Outcome DONE = new Outcome(Map.of(), 0);

  /** Of a preview. */
  public static Outcome counted(Map<String, Long> counts) {
    Map<String, Long> positive = new TreeMap<>(counts);
    positive.values().removeIf(n -> n == 0);
    return new Outcome(positive, 0);
  }

  /** Of an export. */
  public static Outcome exported(long rows) {
    return new Outcome(Map.of(), rows);
  }
}
