package org.lethe.assertions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.springframework.jdbc.core.JdbcOperations;

/** Rows as text, read and written. Inside one transaction. */
record Rows(Dialect dialect, JdbcOperations jdbc) {

  /** The row that came last; empty where there is none. */
  Map<String, @Nullable String> newest(Table table) {
    List<Map<String, @Nullable String>> rows =
        jdbc.query(
            "select %s from %s as c order by c.ctid desc limit 1"
                .formatted(texts(table), dialect.ownRows(table)),
            (rs, n) -> values(table, rs));
    return rows.isEmpty() ? Map.of() : rows.get(0);
  }

  /**
   * Some rows.
   *
   * @param having values that they have; empty for any rows
   */
  List<Map<String, @Nullable String>> some(
      Table table, Map<String, @Nullable String> having, int limit) {
    String where =
        having.keySet().stream()
            .map(c -> "c.%s::text = ?".formatted(dialect.quote(c)))
            .collect(Collectors.joining(" and "));
    return jdbc.query(
        "select %s from %s as c %s limit %d"
            .formatted(
                texts(table),
                dialect.ownRows(table),
                where.isEmpty() ? "" : "where " + where,
                limit),
        (rs, n) -> values(table, rs),
        having.values().toArray());
  }

  /** Puts a row in; columns that are not named get what is usual. */
  Made insert(Table table, Map<String, @Nullable String> row) {
    List<Column> columns = table.columns().stream().filter(c -> row.containsKey(c.name())).toList();
    String values =
        columns.isEmpty()
            ? "default values"
            : "(%s) overriding system value values (%s)"
                .formatted(
                    dialect.quote(columns.stream().map(Column::name).toList()),
                    columns.stream()
                        .map(c -> dialect.fromText("?", c))
                        .collect(Collectors.joining(", ")));
    return jdbc.query(
            "insert into %s as c %s returning %s"
                .formatted(dialect.quote(table.id()), values, texts(table)),
            (rs, n) -> new Made(table, values(table, rs)),
            columns.stream().map(c -> row.get(c.name())).toArray())
        .get(0);
  }

  private String texts(Table table) {
    return table.columns().stream()
        .map(c -> dialect.asText("c." + dialect.quote(c.name()), c))
        .collect(Collectors.joining(", "));
  }

  private static Map<String, @Nullable String> values(Table table, ResultSet row)
      throws SQLException {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (int i = 0; i < table.columns().size(); i++) {
      values.put(table.columns().get(i).name(), row.getString(i + 1));
    }
    return values;
  }
}
