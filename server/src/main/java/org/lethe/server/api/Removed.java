package org.lethe.server.api;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.server.removal.Hanging;
import org.lethe.server.removal.Seen;
import org.lethe.server.removal.Sight;

/** What is told of removals. */
final class Removed {

  private Removed() {}

  /**
   * What would become of the rows, in each way that may be taken; null for one that may not.
   *
   * @param questions about what hangs on an account, each to be answered before anything is done
   * @param problem what is missing of the answers, or wrong; empty if nothing is
   */
  record Looked(
      String table,
      String label,
      long total,
      long changed,
      String name,
      String keep,
      List<Question> questions,
      String problem,
      @Nullable Course trash,
      @Nullable Course good) {

    static Looked of(Sight s, Hanging h) {
      return new Looked(
          s.table(),
          s.label(),
          s.total(),
          s.changed(),
          s.name(),
          s.keep(),
          h.questions().stream().map(Question::of).toList(),
          h.problem(),
          h.settled() ? Course.of(s.trash()) : null,
          h.settled() ? Course.of(s.good()) : null);
    }
  }

  /** What is to become of rows that refer to an account; {@code answer} is null without one. */
  record Question(
      String relation,
      String table,
      long rows,
      List<org.lethe.server.removal.Question.Answer> answers,
      @Nullable String answer) {

    static Question of(org.lethe.server.removal.Question q) {
      return new Question(q.relation(), q.table(), q.rows(), q.answers(), q.answer());
    }
  }

  /**
   * One way to do it.
   *
   * @param missing tables of which rows would go that this token may not delete there
   */
  record Course(
      boolean possible,
      Seen seen,
      List<Sight.Line> lines,
      List<String> warnings,
      List<Sight.Stop> blockers,
      List<String> missing) {

    static @Nullable Course of(Sight.@Nullable Course c) {
      return c == null
          ? null
          : new Course(
              c.possible(), Seen.read(c.seen()), c.lines(), c.warnings(), c.stops(), c.missing());
    }
  }

  /** What was done; {@code deletion} is null where rows went for good. */
  record Done(
      String name,
      long total,
      Map<String, Long> deleted,
      Map<String, Long> updated,
      @Nullable UUID deletion) {}
}
