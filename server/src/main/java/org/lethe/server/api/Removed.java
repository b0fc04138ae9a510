package org.lethe.server.api;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.server.removal.Seen;
import org.lethe.server.removal.Sight;

/** What is told of removals. */
final class Removed {

  private Removed() {}

  /** What would become of the rows, in each way that may be taken; null for one that may not. */
  record Looked(
      String table,
      String label,
      long total,
      long changed,
      String name,
      String keep,
      @Nullable Course trash,
      @Nullable Course good) {

    static Looked of(Sight s) {
      return new Looked(
          s.table(),
          s.label(),
          s.total(),
          s.changed(),
          s.name(),
          s.keep(),
          Course.of(s.trash()),
          Course.of(s.good()));
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
