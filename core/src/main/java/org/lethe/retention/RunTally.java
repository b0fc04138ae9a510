package org.lethe.retention;

import java.util.Map;
import java.util.TreeMap;
import org.lethe.collect.Counts;

/** What a run has done so far, as far as it is committed. Not thread-safe. */
final class RunTally {

  private Counts counts = Counts.NONE;
  private final Map<String, Long> setAside = new TreeMap<>();

  Counts counts() {
    return counts;
  }

  Map<String, Long> setAside() {
    return setAside;
  }

  void add(Counts more) {
    counts = counts.plus(more);
  }

  /** All that was done, however it was counted before. */
  void become(Counts all) {
    counts = all;
  }

  void setAside(String reason) {
    setAside.merge(reason, 1L, Long::sum);
  }
}
