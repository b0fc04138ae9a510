package org.lethe.bench.peer;

import java.util.List;
import java.util.Locale;

/** How long each of many took. Immutable. */
public final class Percentiles {

  private final List<Long> sorted;

  /** Of these, in nanoseconds; at least one. */
  public Percentiles(List<Long> nanos) {
    sorted = nanos.stream().sorted().toList();
  }

  /** Of all together, for people and machines. */
  public String seconds() {
    return String.format(
        Locale.ROOT, "%.4f", sorted.stream().mapToLong(Long::longValue).sum() / 1e9);
  }

  /** What this share of them did not take longer than. */
  public String milliseconds(double share) {
    int at = Math.min(sorted.size() - 1, (int) (sorted.size() * share));
    return String.format(Locale.ROOT, "%.3f", sorted.get(at) / 1e6);
  }
}
