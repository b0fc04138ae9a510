package org.lethe.execute;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How often a removal that lost a race is tried again, and how long it waits before. */
public record Backoff(int attempts, Duration first, Duration longest) {

  /** Two dozen attempts over about half a minute: more than any ordinary load needs. */
  public static final Backoff DEFAULT =
      new Backoff(24, Duration.ofMillis(20), Duration.ofSeconds(2));

  /**
   * The pause after a failed attempt, counted from 1: doubling, with jitter so that rivals part.
   */
  Duration after(int attempt) {
    long most = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }
}
