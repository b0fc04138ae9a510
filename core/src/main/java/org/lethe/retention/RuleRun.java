package org.lethe.retention;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Counts;

/**
 * A run of a rule as recorded.
 *
 * @param number later runs have larger ones
 * @param round the same for runs that were started together
 * @param finishedAt null while it runs
 * @param setAside why rows could not be taken, to how many
 * @param failure why it failed or stopped; null otherwise
 * @param continues the run that a process left unfinished, and that this one went on with
 */
public record RuleRun(
    UUID id,
    long number,
    UUID round,
    String rule,
    String action,
    String actor,
    State state,
    Instant startedAt,
    @Nullable Instant finishedAt,
    Counts counts,
    Map<String, Long> setAside,
    @Nullable String failure,
    @Nullable UUID continues) {

  public RuleRun {
    setAside = Map.copyOf(setAside);
  }

  /** Where a run is in its life. */
  public enum State {
    RUNNING,
    FINISHED,
    /** Ended early, by a limit or by somebody. */
    STOPPED,
    FAILED,
    /** Its process died, or lost its claim. */
    UNFINISHED
  }
}
