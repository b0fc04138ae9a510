package org.lethe.assertions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.lethe.schema.TableId;

/**
 * What the caller wants to be otherwise.
 *
 * @param values by table and column
 * @param except tables in which no rows are made
 */
record Settings(Map<TableId, Map<String, String>> values, Set<TableId> except) {

  /** {@code {canary}} stands for what is looked for. */
  Map<TableId, Map<String, String>> filled(Token token) {
    Map<TableId, Map<String, String>> filled = new LinkedHashMap<>();
    values.forEach(
        (table, columns) ->
            columns.forEach(
                (column, value) ->
                    filled
                        .computeIfAbsent(table, t -> new LinkedHashMap<>())
                        .put(column, value.replace("{canary}", token.text()))));
    return filled;
  }
}
