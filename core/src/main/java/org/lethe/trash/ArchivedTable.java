package org.lethe.trash;

import java.util.List;
import java.util.Locale;
import org.lethe.schema.TableId;

/**
 * A table of a deletion, with its columns as they were.
 *
 * @param columns in the order of the images
 * @param identity the columns that named a row; empty if nothing did
 * @param flags the columns that mark a row as deleted; empty unless rows were marked
 */
record ArchivedTable(
    int position,
    TableId table,
    List<String> columns,
    List<String> identity,
    Fate fate,
    List<String> flags) {

  /** What became of its rows. */
  enum Fate {
    REMOVED,
    /** They stayed, and lost a reference. */
    CHANGED,
    /** They stayed, and were marked as deleted. */
    MARKED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ArchivedTable {
    columns = List.copyOf(columns);
    identity = List.copyOf(identity);
    flags = List.copyOf(flags);
  }

  boolean removed() {
    return fate == Fate.REMOVED;
  }

  boolean marked() {
    return fate == Fate.MARKED;
  }

  /** Where a column stands in an image, from 1; 0 if it was not there. */
  int place(String column) {
    return columns.indexOf(column) + 1;
  }
}
