package org.lethe.schema;

import java.util.List;

/**
 * A primary key, unique constraint or total unique index (no predicate, no expression).
 *
 * @param columns in the order of the key
 * @param deferrable a deferrable key may hold duplicates until commit, so it cannot name rows
 */
public record Key(String name, List<String> columns, boolean primary, boolean deferrable) {
  public Key {
    columns = List.copyOf(columns);
  }
}
