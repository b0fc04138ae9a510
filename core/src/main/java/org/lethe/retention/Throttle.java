package org.lethe.retention;

import java.time.Duration;
import org.lethe.error.LetheException;

/** Counts rows, and waits where they went faster than allowed. For one run; not thread-safe. */
final class Throttle {

  private final long start = System.nanoTime();
  private final long rowsPerSecond;
  private long rows;

  Throttle(long rowsPerSecond) {
    this.rowsPerSecond = rowsPerSecond;
  }

  long rows() {
    return rows;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  void add(long more) {
    rows += more;
  }

  /**
   * Waits until the rows so far are not too many.
   *
   * @throws LetheException if interrupted
   */
  void await() {
    double allowed = (double) rows / rowsPerSecond;
    Duration wait = Duration.ofNanos((long) (allowed * 1e9)).minus(elapsed());
    if (wait.toMillis() > 0) {
      try {
        Thread.sleep(wait.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LetheException("interrupted; what was done is done, the rest goes on later", e);
      }
    }
  }
}
