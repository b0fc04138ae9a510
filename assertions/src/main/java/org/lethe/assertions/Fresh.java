package org.lethe.assertions;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.springframework.jdbc.core.JdbcOperations;

/** Values for columns of which nothing is known but the type. Inside one transaction. */
final class Fresh {

  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Types types;

  Fresh(Dialect dialect, JdbcOperations jdbc, Types types) {
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.types = types;
  }

  /** One that no row has yet; null for types of which none can be made up. */
  @Nullable String unique(Table table, Column column) {
    String type = types.base(column);
    String name = "c." + dialect.quote(column.name());
    if (types.isNumber(column)) {
      return asked("select (coalesce(max(%s), 0) + 1)::text from %s as c", name, table);
    }
    if (type.equals("date") || type.startsWith("timestamp")) {
      return asked(
          "select (coalesce(max(%s), now()) + interval '1 day')::" + type + "::text from %s as c",
          name,
          table);
    }
    if (type.equals("uuid")) {
      return UUID.randomUUID().toString();
    }
    if (type.equals("bytea")) {
      return "\\x" + UUID.randomUUID().toString().replace("-", "");
    }
    if (types.sort(column) == Types.Sort.TEXT) {
      String random = UUID.randomUUID().toString().replace("-", "");
      return random.substring(0, Math.min(random.length(), types.length(column)));
    }
    return null;
  }

  private @Nullable String asked(String query, String column, Table table) {
    return jdbc.queryForObject(query.formatted(column, dialect.ownRows(table)), String.class);
  }

  /** One for the first row of a table; the database says so if it will not do. */
  String first(Table table, Column column) {
    String type = types.base(column);
    if (column.kind() == Column.TypeKind.ENUM) {
      List<String> labels =
          jdbc.queryForList(
              "select unnest(enum_range(null::%s))::text limit 1".formatted(column.type()),
              String.class);
      return labels.isEmpty() ? "" : labels.get(0);
    }
    if (column.kind() == Column.TypeKind.ARRAY || type.endsWith("[]")) {
      return "{}";
    }
    if (column.kind() == Column.TypeKind.RANGE) {
      return "empty";
    }
    if (types.isNumber(column)) {
      return "1";
    }
    if (type.startsWith("timestamp") || type.startsWith("time")) {
      return "now";
    }
    return switch (type) {
      case "boolean" -> "false";
      case "date" -> "today";
      case "interval" -> "1 day";
      case "inet", "cidr" -> "203.0.113.7";
      case "json", "jsonb" -> "{}";
      default -> {
        String unique = unique(table, column);
        yield unique == null ? "" : unique;
      }
    };
  }
}
