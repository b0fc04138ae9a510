package org.lethe.assertions;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Column;
import org.springframework.jdbc.core.JdbcOperations;

/** What columns can hold, domains seen through. Inside one transaction. */
final class Types {

  private static final Pattern LENGTH = Pattern.compile("\\((\\d+)\\)");

  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Map<String, String> domains = new HashMap<>();

  Types(Dialect dialect, JdbcOperations jdbc) {
    this.dialect = dialect;
    this.jdbc = jdbc;
  }

  /** What sort of values a column takes, as far as a canary cares. */
  enum Sort {
    TEXT,
    TEXTS,
    JSON,
    XML,
    BYTES,
    OTHER
  }

  String base(Column column) {
    return column.kind() == Column.TypeKind.DOMAIN
        ? domains.computeIfAbsent(
            column.type(),
            type ->
                String.valueOf(jdbc.queryForObject(dialect.baseTypeOfDomain(), String.class, type)))
        : column.type();
  }

  Sort sort(Column column) {
    if (column.generated() || column.kind() == Column.TypeKind.ENUM) {
      return Sort.OTHER;
    }
    String base = base(column);
    if (base.endsWith("[]")) {
      return isText(base) ? Sort.TEXTS : Sort.OTHER;
    }
    if (base.startsWith("json")) {
      return Sort.JSON;
    }
    return switch (base) {
      case "bytea" -> Sort.BYTES;
      case "xml" -> Sort.XML;
      case "tsvector" -> Sort.TEXT;
      default -> isText(base) ? Sort.TEXT : Sort.OTHER;
    };
  }

  private static boolean isText(String type) {
    return type.matches("(text|character|char|varchar|bpchar|name|(.*\\.)?citext)\\b.*");
  }

  /** Characters that a text may have. */
  int length(Column column) {
    String base = base(column);
    Matcher m = LENGTH.matcher(base);
    if (m.find()) {
      return Integer.parseInt(m.group(1));
    }
    return base.matches("character|char|bpchar|\"char\"")
        ? 1
        : base.equals("name") ? 63 : Integer.MAX_VALUE;
  }

  boolean isNumber(Column column) {
    return base(column).matches("(smallint|integer|bigint|numeric|real|double).*");
  }
}
