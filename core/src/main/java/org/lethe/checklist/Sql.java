package org.lethe.checklist;

import java.util.List;
import java.util.stream.Collectors;
import org.lethe.schema.TableId;

/** Identifiers inside the SQL that findings offer to paste. */
final class Sql {

  private Sql() {}

  static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String quote(TableId table) {
    return quote(table.schema()) + "." + quote(table.name());
  }

  static String list(List<String> columns) {
    return columns.stream().map(Sql::quote).collect(Collectors.joining(", "));
  }
}
