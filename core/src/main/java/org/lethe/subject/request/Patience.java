package org.lethe.subject.request;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a store that does not answer is waited for.
 *
 * @param attempts calls in one run before it is left for later
 * @param first pause after the first; each is twice as long as the one before
 * @param call the longest that one call may take
 * @param later how long a store that did not answer is left alone; twice as long each time, up to a
 *     day
 */
public record Patience(int attempts, Duration first, Duration call, Duration later) {

  /** Seconds within a run, minutes between runs. */
  public static final Patience USUAL =
      new Patience(4, Duration.ofMillis(250), Duration.ofMinutes(2), Duration.ofMinutes(5));

  private static final Duration DAY = Duration.ofDays(1);

  /** With jitter, so that many runs do not knock at once. */
  Duration pause(int attempt) {
    long most = first.toMillis() << Math.min(attempt - 1, 10);
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }

  Duration untilNextRun(int runs) {
    Duration wait = later.multipliedBy(1L << Math.min(Math.max(runs, 1) - 1, 12));
    return wait.compareTo(DAY) > 0 ? DAY : wait;
  }
}
