package org.lethe.execute;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Counts;

/**
 * What a removal did. Reports add up.
 *
 * @param duration of the work, retries included
 * @param deletion id of the deletion while it can be undone; null when it cannot
 */
public record DeletionReport(Counts counts, Duration duration, @Nullable UUID deletion) {

  /** Counts and durations added; the sum of several deletions has no id of its own. */
  public DeletionReport plus(DeletionReport other) {
    return new DeletionReport(counts.plus(other.counts), duration.plus(other.duration), null);
  }

  /** Rows deleted, over all tables. */
  public long total() {
    return counts.total();
  }
}
