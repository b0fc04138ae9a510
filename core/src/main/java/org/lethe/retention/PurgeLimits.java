package org.lethe.retention;

import java.time.Duration;

/**
 * How much one purge may do; it ends when the first of these is reached, and the next goes on.
 *
 * @param deletions at most this many
 * @param rows no further deletion is begun once this many archived rows are gone
 * @param time no further deletion is begun after this long
 * @param rowsPerSecond on average at most; {@code Long.MAX_VALUE} for no limit
 */
public record PurgeLimits(long deletions, long rows, Duration time, long rowsPerSecond) {

  /** No limits at all. */
  public static final PurgeLimits NONE =
      new PurgeLimits(
          Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE), Long.MAX_VALUE);

  public PurgeLimits {
    if (deletions <= 0 || rows <= 0 || rowsPerSecond <= 0 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
