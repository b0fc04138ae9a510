package org.lethe.server.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lethe.retention.Overdue;
import org.lethe.retention.Pause;

/**
 * A rule of the policy, or the purge of the trash, and how it stands.
 *
 * @param path of its page
 * @param sentence what it does and to what, for people
 * @param table that a rule is about; null for the purge
 * @param where the policy's own condition; null where there is none
 * @param schedule in words; null where only the process that runs it knows
 * @param forGood whether what it does cannot be taken back
 * @param next null where nobody runs it by the clock
 * @param runningIn the process that runs it right now; null if none does
 * @param last its latest run; null if it never ran
 */
public record TaskView(
    String name,
    String path,
    String sentence,
    @Nullable String table,
    @Nullable String where,
    @Nullable String schedule,
    boolean forGood,
    @Nullable Instant next,
    @Nullable String runningIn,
    @Nullable Pause pause,
    @Nullable Overdue overdue,
    @Nullable RunView last) {

  /** Why somebody should look after it, for people; null if nobody needs to. */
  public @Nullable String alarm() {
    if (overdue == null) {
      return null;
    }
    return overdue.since() == null ? "never ran to its end" : "overdue";
  }
}
