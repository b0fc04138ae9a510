package org.lethe.assertions;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;

/**
 * A row that was put into the database, as it is there.
 *
 * @param values as text, by column
 */
record Made(Table table, Map<String, @Nullable String> values) {

  /** Lets another row refer to this one, but for columns that refer to something already. */
  void referTo(Relation by, Map<String, @Nullable String> row) {
    for (int i = 0; i < by.childColumns().size(); i++) {
      row.putIfAbsent(by.childColumns().get(i), values.get(by.parentColumns().get(i)));
    }
  }
}
