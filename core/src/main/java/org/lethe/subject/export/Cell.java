package org.lethe.subject.export;

import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;

/** One value of a row as it is handed out. */
sealed interface Cell {

  /** A record of a store that has no such field. */
  record Absent() implements Cell {}

  /** Nothing: null. */
  record Empty() implements Cell {}

  /**
   * A value.
   *
   * @param json as JSON
   */
  record Value(String json) implements Cell {}

  /**
   * A value that stands for a row.
   *
   * @param json as JSON
   * @param meaning what that row is called; null where it may not be said, or has no name
   * @param target where it is, if it is the person's too
   */
  record Reference(String json, @Nullable String meaning, @Nullable Target target)
      implements Cell {}

  /**
   * A value about somebody else.
   *
   * @param meaning what it is, without saying who; null where there is nothing to say
   */
  record Withheld(@Nullable String meaning) implements Cell {}

  /**
   * A file beside the pages.
   *
   * @param path from the top of the export
   * @param picture whether a browser may show it
   */
  record Attached(String path, long bytes, boolean picture, Content content) implements Cell {}

  /** A row of the same export; numbers count from 1. */
  record Target(TableId table, long number) {}

  Cell ABSENT = new Absent();
  Cell EMPTY = new Empty();

  /** What stands in the place of a value about somebody else. */
  String WITHHELD = "[someone else's]";
}
