package org.lethe.server.trash;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Entry;

/**
 * One deletion with all that is to be said of it.
 *
 * @param meets what a restore would meet
 * @param parents deletions that have to come back first
 * @param name what must be typed before it is purged
 */
public record TrashDetails(
    TrashRow row,
    List<Line> removed,
    List<Line> changed,
    List<Meets> meets,
    List<TrashRow> parents,
    List<Entry> history,
    String name,
    boolean mayRestore,
    boolean mayHold,
    boolean mayPurge) {

  /** Rows of a table, or changed over a relation. */
  public record Line(String what, long rows) {}

  /**
   * Something a restore would meet.
   *
   * @param blocks whether nothing comes back while it is so
   */
  public record Meets(String subject, String message, boolean blocks) {}

  /** Whether it can come back alone. */
  public boolean free() {
    return meets.stream().noneMatch(Meets::blocks);
  }

  /** A hold's reason, where one keeps it. */
  public @Nullable String heldWhy() {
    return row.holds().isEmpty() ? null : row.holds().get(0).reason();
  }
}
