package org.lethe.retention;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How much one run of a rule may do; it ends when the first of these is reached, and the next run
 * goes on.
 *
 * @param rows no further chunk is begun once this many rows are gone or changed
 * @param time no further chunk is begun after this long
 * @param rowsPerSecond on average at most; {@code Long.MAX_VALUE} for no limit
 * @param stop asked before each chunk: true ends the run
 */
public record RuleLimits(long rows, Duration time, long rowsPerSecond, BooleanSupplier stop) {

  /** No limits at all. */
  public static final RuleLimits NONE =
      new RuleLimits(
          Long.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE), Long.MAX_VALUE, () -> false);

  public RuleLimits {
    if (rows <= 0 || rowsPerSecond <= 0 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** The same, and ends when {@code stop} says so. */
  public RuleLimits until(BooleanSupplier otherStop) {
    return new RuleLimits(rows, time, rowsPerSecond, otherStop);
  }
}
