package org.lethe.collect;

import java.util.List;
import org.lethe.schema.TableId;

/** Where a removal starts. */
public sealed interface Roots {

  TableId table();

  /**
   * Rows named by key.
   *
   * @param keys each the values of the table's identity columns in order, as text; the database
   *     casts them. Every one must exist.
   */
  record Keys(TableId table, List<List<String>> keys) implements Roots {
    public Keys {
      keys = keys.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Rows that satisfy a predicate; none at all is allowed.
   *
   * @param predicate a boolean SQL expression over the table's columns. It is the operator's own
   *     SQL, run with the operator's rights: never build it from a third party's input.
   */
  record Where(TableId table, String predicate) implements Roots {}
}
