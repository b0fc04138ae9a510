package org.lethe.collect;

import java.util.List;
import org.lethe.schema.TableId;

/**
 * One row, for people.
 *
 * @param key values of the table's identity columns, as text; where the table has none, its place
 * @param label by the policy's template; raw data: escape it wherever it is shown
 */
public record Row(TableId table, List<String> key, String label) {
  public Row {
    key = List.copyOf(key);
  }
}
