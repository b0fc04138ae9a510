package org.lethe.server.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work that somebody started, and how far it is.
 *
 * @param kind what sort of work, such as {@code request}
 * @param label what it works on, for people
 * @param startedBy the account, as {@link org.lethe.account.AccountId#text}
 * @param total of steps; null where nobody knows
 * @param failure why it failed; null unless it did
 * @param outcome what came of it, for people; null until it is done
 * @param path where that can be seen; null where nowhere
 */
public record Job(
    UUID id,
    String kind,
    String label,
    String startedBy,
    Instant startedAt,
    Instant beatAt,
    long done,
    @Nullable Long total,
    @Nullable Instant finishedAt,
    @Nullable String failure,
    @Nullable String outcome,
    @Nullable String path) {

  /** A process that has not said for so long that it lives is taken for dead. */
  static final Duration DEAD = Duration.ofSeconds(60);

  /** Where a job is in its life. */
  public enum State {
    RUNNING,
    DONE,
    FAILED,
    /** Its process ended before it did. What it had not completed was undone. */
    LOST
  }

  public State state(Instant now) {
    if (finishedAt != null) {
      return failure == null ? State.DONE : State.FAILED;
    }
    return beatAt.isBefore(now.minus(DEAD)) ? State.LOST : State.RUNNING;
  }
}
