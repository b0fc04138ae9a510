package org.lethe.retention;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Counts;
import org.lethe.execute.DeletionReport;

/**
 * What one run of one rule did.
 *
 * @param run its id in the record of runs; null where it did not begin
 * @param counts rows gone and references changed; rows deactivated are {@code updated} under {@code
 *     table.column}
 * @param setAside why rows could not be taken, without anything of anybody, to how many; they rest
 *     before they are tried again
 * @param note why it did not begin, stopped or failed; null otherwise
 */
public record RuleReport(
    String rule,
    @Nullable UUID run,
    Outcome outcome,
    Counts counts,
    Map<String, Long> setAside,
    Duration duration,
    @Nullable String note) {

  public RuleReport {
    setAside = Collections.unmodifiableMap(new TreeMap<>(setAside));
  }

  /** How it ended. */
  public enum Outcome {
    /** All rows that matched were taken or set aside. */
    FINISHED,
    /** A limit was reached, or somebody stopped it; the next run goes on. */
    STOPPED,
    /** Something went wrong; what was done until then is done. */
    FAILED,
    /** The rule is paused. */
    PAUSED,
    /** Another process works on this rule right now. */
    BUSY
  }

  /** Rows set aside, whatever the reason. */
  public long rowsSetAside() {
    return setAside.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Its counts as a report that adds up with others. */
  public DeletionReport deletion() {
    return new DeletionReport(counts, duration, null);
  }
}
