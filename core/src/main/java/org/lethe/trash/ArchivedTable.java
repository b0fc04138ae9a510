package org.lethe.trash;

import java.util.List;
import org.lethe.schema.TableId;

/**
 * A table of a deletion, with its columns as they were.
 *
 * @param columns in the order of the images
 * @param identity the columns that named a row; empty if nothing did
 * @param removed whether rows of it went; false if they only changed
 */
record ArchivedTable(
    int position, TableId table, List<String> columns, List<String> identity, boolean removed) {

  ArchivedTable {
    columns = List.copyOf(columns);
    identity = List.copyOf(identity);
  }

  /** Where a column stands in an image, from 1; 0 if it was not there. */
  int place(String column) {
    return columns.indexOf(column) + 1;
  }
}
