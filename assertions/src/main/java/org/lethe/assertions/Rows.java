package org.lethe.assertions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/** Rows as text, read and written. Inside one transaction. */
record Rows(Dialect dialect, JdbcOperations jdbc) {

  private static final Pattern CONSTRAINT = Pattern.compile("constraint \"([^\"]+)\"");
  private static final Pattern COLUMN = Pattern.compile("column \"([^\"]+)\"");

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
    jdbc.execute("savepoint lethe_row");
    try {
      return jdbc.query(
              "insert into %s as c %s returning %s"
                  .formatted(dialect.quote(table.id()), values, texts(table)),
              (rs, n) -> new Made(table, values(table, rs)),
              columns.stream().map(c -> row.get(c.name())).toArray())
          .get(0);
    } catch (DataAccessException e) {
      // So that the database can be asked what the matter is.
      jdbc.execute("rollback to savepoint lethe_row");
      throw e;
    }
  }

  /** The column that a message about a row is about, as far as one can tell. */
  String columnOf(Table table, String message) {
    Matcher constraint = CONSTRAINT.matcher(message);
    if (constraint.find()) {
      List<String> columns =
          jdbc.queryForList(
              """
              select a.attname
                from pg_catalog.pg_constraint as c
                join pg_catalog.pg_attribute as a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
               where c.conname = ? and c.conrelid = cast(? as regclass)
               order by a.attnum
              """,
              String.class,
              constraint.group(1),
              dialect.quote(table.id()));
      if (!columns.isEmpty()) {
        return String.join(" or ", columns);
      }
    }
    Matcher column = COLUMN.matcher(message);
    return column.find() ? column.group(1) : "COLUMN";
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
