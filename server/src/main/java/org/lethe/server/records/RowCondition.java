package org.lethe.server.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.server.list.ListQuery;

/** Which rows of a table a list's address asks for, as SQL. Immutable. */
final class RowCondition {

  private final TableView view;
  private final ListQuery query;
  private final Dialect dialect;
  private final @Nullable String key;

  private RowCondition(TableView view, ListQuery query, Dialect dialect, @Nullable String key) {
    this.view = view;
    this.query = query;
    this.dialect = dialect;
    this.key = key;
  }

  /** Looks for the text in all texts of a row. */
  static RowCondition of(TableView view, ListQuery query, Dialect dialect) {
    return new RowCondition(view, query, dialect, null);
  }

  /** Takes the text for a key instead; empty where it cannot be one. */
  Optional<RowCondition> asKey() {
    return view.onlyKey()
        .filter(c -> canBe(c.column().type(), query.text()))
        .map(c -> new RowCondition(view, query, dialect, c.name()));
  }

  /** The text to look for in rows: in quotes it is never taken for a key. */
  static String text(ListQuery query) {
    String text = query.text();
    boolean quoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** SQL with what is bound in it. */
  record Bound(String sql, List<Object> arguments) {

    Bound and(String more, List<?> values) {
      List<Object> all = new ArrayList<>(arguments);
      all.addAll(values);
      return new Bound(sql + " and " + more, all);
    }
  }

  /** The condition on row {@code c}. */
  Bound bound() {
    List<Object> arguments = new ArrayList<>();
    String sql =
        sql(
            "c.",
            value -> {
              arguments.add(value);
              return "?";
            });
    return new Bound(sql, arguments);
  }

  /** The same on the table's bare columns, with values as literals, for removals. */
  String predicate() {
    return sql("", dialect::literal);
  }

  private String sql(String row, UnaryOperator<String> value) {
    List<String> parts = new ArrayList<>();
    for (ShownColumn column : view.columns()) {
      String wanted = query.filter(TableView.parameter(column.name()));
      if (wanted != null && column.filtered()) {
        parts.add(equal(row, column, value.apply(wanted)));
      }
    }
    String text = text(query);
    if (key != null) {
      parts.add(equal(row, view.column(key).orElseThrow(), value.apply(text)));
    } else if (!text.isEmpty()) {
      String like = "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
      parts.add(
          view.searched().isEmpty()
              ? "false"
              : view.searched().stream()
                  .map(c -> row + dialect.quote(c.name()) + "::text ilike " + value.apply(like))
                  .collect(Collectors.joining(" or ", "(", ")")));
    }
    return parts.isEmpty() ? "true" : String.join(" and ", parts);
  }

  private String equal(String row, ShownColumn column, String value) {
    return "%s%s = cast(%s as %s)"
        .formatted(
            row,
            dialect.quote(column.name()),
            value,
            dialect.comparableType(column.column().type()));
  }

  /** Whether a text is a value of a type by which rows are often named. */
  private static boolean canBe(String type, String text) {
    try {
      return switch (type) {
        case "smallint" -> Short.parseShort(text) >= 0;
        case "integer" -> Integer.parseInt(text) >= 0;
        case "bigint" -> Long.parseLong(text) >= 0;
        case "uuid" -> UUID.fromString(text).toString().equalsIgnoreCase(text);
        default -> false;
      };
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
