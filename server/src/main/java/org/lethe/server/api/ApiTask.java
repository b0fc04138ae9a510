package org.lethe.server.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.retention.Pause;
import org.lethe.server.retention.DueView;
import org.lethe.server.retention.RunView;
import org.lethe.server.retention.TaskView;

/** A rule, or the purge of the trash, for programs. */
record ApiTask(
    String name,
    String sentence,
    @Nullable String table,
    @Nullable String schedule,
    @Nullable Instant next,
    @Nullable String pausedWhy,
    @Nullable String alarm,
    @Nullable Run last) {

  static ApiTask of(TaskView t) {
    Pause pause = t.pause();
    RunView last = t.last();
    return new ApiTask(
        t.name(),
        t.sentence(),
        t.table(),
        t.schedule(),
        t.next(),
        pause == null ? null : pause.reason(),
        t.alarm(),
        last == null ? null : Run.of(last));
  }

  /** One run, with what it did in words. */
  record Run(
      String number,
      Instant started,
      String actor,
      String state,
      String did,
      Map<String, String> tables,
      List<String> notes) {

    static Run of(RunView r) {
      return new Run(
          Long.toString(r.number()),
          r.startedAt(),
          r.actor(),
          r.state(),
          r.did(),
          r.tables(),
          r.notes());
    }
  }

  /** How much there is to do; {@code count} is null where counting took too long, or failed. */
  record Due(@Nullable Long count, String unit, @Nullable String fault) {

    static Due of(DueView d) {
      return new Due(d.rows().isPresent() ? d.rows().getAsLong() : null, d.unit(), d.fault());
    }
  }
}
