package org.lethe.stores.jdbc;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.store.ExportSink;
import org.lethe.stores.Template;

/** The statements about one table. */
record Rows(Connection connection, TableRule rule, Sql sql, int seconds) {

  private static final int FETCH = 500;

  /** Finds the keys of the rows that hold a person's values. */
  void find(Map<String, String> values, Consumer<Map<String, String>> found) throws SQLException {
    Map<String, String> wanted = new LinkedHashMap<>();
    rule.where().forEach((column, template) -> wanted.put(column, filled(template, values)));
    List<Object> bound = new ArrayList<>();
    try {
      wanted.forEach((column, value) -> bound.add(sql.typed(column, value)));
    } catch (IllegalArgumentException e) {
      // The column cannot hold such a value, so no row has it.
      return;
    }
    List<String> columns = new ArrayList<>(wanted.keySet());
    String select =
        """
        select %s
        from %s
        where %s
        """
            .formatted(
                names(concat(sql.key(), columns)),
                sql.table(),
                columns.stream().map(this::matches).collect(Collectors.joining(" and ")));
    try (PreparedStatement s = prepare(select)) {
      s.setFetchSize(FETCH);
      for (int i = 0; i < columns.size(); i++) {
        sql.bind(s, i + 1, columns.get(i), bound.get(i));
      }
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          if (reallyHas(rows, wanted)) {
            found.accept(key(rows));
          }
        }
      }
    }
  }

  private static String filled(Template template, Map<String, String> values) {
    return template.fill(values, value -> value);
  }

  private String matches(String column) {
    return rule.normalised() && sql.isText(column)
        ? "lower(trim(%s)) = lower(trim(?))".formatted(sql.column(column))
        : sql.column(column) + " = ?";
  }

  /** Collations of some engines take e for é, or A for a: that may be somebody else. */
  private boolean reallyHas(ResultSet row, Map<String, String> wanted) throws SQLException {
    int i = sql.key().size();
    for (Map.Entry<String, String> one : wanted.entrySet()) {
      String there = row.getString(++i);
      String value = one.getValue();
      if (sql.isText(one.getKey())) {
        if (there == null) {
          return false;
        }
        if (rule.normalised()) {
          there = there.strip().toLowerCase(Locale.ROOT);
          value = value.strip().toLowerCase(Locale.ROOT);
        } else if (sql.isPadded(one.getKey())) {
          there = there.stripTrailing();
          value = value.stripTrailing();
        }
        if (!there.equals(value)) {
          return false;
        }
      }
    }
    return true;
  }

  private Map<String, String> key(ResultSet row) throws SQLException {
    Map<String, String> key = new LinkedHashMap<>();
    for (int i = 0; i < sql.key().size(); i++) {
      String value = row.getString(i + 1);
      if (value != null) {
        key.put(sql.key().get(i), value);
      }
    }
    return key;
  }

  /** Hands out a row; nothing if it is gone. */
  void export(Map<String, String> key, String place, ExportSink to) throws SQLException {
    String columns = rule.columns().isEmpty() ? "*" : names(rule.columns());
    String select =
        """
        select %s
        from %s
        where %s
        """
            .formatted(columns, sql.table(), isKey(key));
    try (PreparedStatement s = prepare(select)) {
      bindKey(s, 1, key);
      try (ResultSet row = s.executeQuery()) {
        while (row.next()) {
          export(row, place, to);
        }
      }
    }
  }

  private void export(ResultSet row, String place, ExportSink to) throws SQLException {
    ResultSetMetaData about = row.getMetaData();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      String column = about.getColumnLabel(i);
      if (sql.isBinary(column)) {
        file(row, i, place, column, to);
      } else {
        values.put(column, plain(row.getObject(i), row, i));
      }
    }
    to.record(place, values);
  }

  private static void file(ResultSet row, int i, String place, String column, ExportSink to)
      throws SQLException {
    InputStream content = row.getBinaryStream(i);
    if (content != null) {
      to.file(place, column, content);
    }
  }

  private static @Nullable Object plain(@Nullable Object value, ResultSet row, int i)
      throws SQLException {
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : row.getString(i);
  }

  /** Deletes a row or sets its columns; returns how many that changed. */
  long erase(Map<String, String> key) throws SQLException {
    return rule.deletes() ? delete(key) : set(key);
  }

  private long delete(Map<String, String> key) throws SQLException {
    String delete =
        """
        delete from %s
        where %s
        """
            .formatted(sql.table(), isKey(key));
    try (PreparedStatement s = prepare(delete)) {
      bindKey(s, 1, key);
      return s.executeUpdate();
    }
  }

  private long set(Map<String, String> key) throws SQLException {
    List<String> columns = rule.setColumns();
    String update =
        """
        update %s
        set %s
        where %s and (%s)
        """
            .formatted(
                sql.table(),
                columns.stream().map(c -> sql.column(c) + " = ?").collect(Collectors.joining(", ")),
                isKey(key),
                isDifferent());
    try (PreparedStatement s = prepare(update)) {
      int index = 0;
      for (String column : columns) {
        String value = rule.value(column, key);
        if (value == null) {
          sql.bindNull(s, ++index, column);
        } else {
          sql.bind(s, ++index, column, sql.typed(column, value));
        }
      }
      bindDifferent(s, bindKey(s, index + 1, key), key);
      return s.executeUpdate();
    }
  }

  /** Whether a row is there and not yet as erasing leaves it. */
  boolean holds(Map<String, String> key) throws SQLException {
    String select =
        """
        select 1
        from %s
        where %s and (%s)
        """
            .formatted(sql.table(), isKey(key), rule.deletes() ? "1 = 1" : isDifferent());
    try (PreparedStatement s = prepare(select)) {
      int next = bindKey(s, 1, key);
      if (!rule.deletes()) {
        bindDifferent(s, next, key);
      }
      try (ResultSet row = s.executeQuery()) {
        return row.next();
      }
    }
  }

  private String isDifferent() {
    return rule.set().entrySet().stream()
        .map(
            e ->
                e.getValue().isEmpty()
                    ? sql.column(e.getKey()) + " is not null"
                    : "%1$s is null or %1$s <> ?".formatted(sql.column(e.getKey())))
        .collect(Collectors.joining(" or "));
  }

  private void bindDifferent(PreparedStatement s, int from, Map<String, String> key)
      throws SQLException {
    int index = from;
    for (String column : rule.setColumns()) {
      String value = rule.value(column, key);
      if (value != null) {
        sql.bind(s, index++, column, sql.typed(column, value));
      }
    }
  }

  private String isKey(Map<String, String> key) {
    return sql.key().stream()
        .map(c -> sql.column(c) + (key.containsKey(c) ? " = ?" : " is null"))
        .collect(Collectors.joining(" and "));
  }

  /** Returns the index after those bound. */
  private int bindKey(PreparedStatement s, int from, Map<String, String> key) throws SQLException {
    int index = from;
    for (String column : sql.key()) {
      String value = key.get(column);
      if (value != null) {
        sql.bind(s, index++, column, sql.typed(column, value));
      }
    }
    return index;
  }

  private String names(List<String> columns) {
    return columns.stream().map(sql::column).collect(Collectors.joining(", "));
  }

  private static List<String> concat(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private PreparedStatement prepare(String statement) throws SQLException {
    PreparedStatement s = connection.prepareStatement(statement);
    s.setQueryTimeout(seconds);
    return s;
  }
}
