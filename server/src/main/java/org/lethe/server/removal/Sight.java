package org.lethe.server.removal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a removal would do, for the page that asks before it. Labels are raw data.
 *
 * @param table for people
 * @param label how the rows are called
 * @param total rows that go, or are marked
 * @param changed rows that stay and change
 * @param trash going to the trash; null where this account may not
 * @param good going for good; null where this account may not
 * @param name what must be typed before rows go for good
 * @param keep how long the trash keeps them
 */
public record Sight(
    String table,
    String path,
    String label,
    long total,
    long changed,
    @Nullable Course trash,
    @Nullable Course good,
    String name,
    String keep) {

  /**
   * One way to do it.
   *
   * @param missing tables of which this account may not delete rows, for people
   * @param picture the address of the picture of the reach
   */
  public record Course(
      String seen,
      List<Line> lines,
      List<String> warnings,
      List<Stop> stops,
      List<String> missing,
      String picture) {

    public boolean possible() {
      return stops.isEmpty() && missing.isEmpty();
    }
  }

  /**
   * What becomes of rows of one table.
   *
   * @param effect in words
   * @param sort of effect, for its colour: removed, changed or kept
   * @param via how they were reached
   */
  public record Line(String table, long rows, String effect, String sort, String via) {}

  /**
   * What is in the way.
   *
   * @param path from the root to it, in words
   * @param fix what to do about it
   * @param snippet lines to paste into the policy; null where none would do
   */
  public record Stop(
      String relation, long rows, String path, String fix, @Nullable String snippet) {}

  /** The way that is shown: to the trash, where both are allowed. */
  public Course shown() {
    Course course = trash == null ? good : trash;
    if (course == null) {
      throw new IllegalStateException("a removal that nobody may do");
    }
    return course;
  }

  /** Whether something else goes for good than to the trash. */
  public boolean differs() {
    return trash != null && good != null && !trash.lines().equals(good.lines());
  }
}
