package org.lethe.personal;

import java.util.Set;
import org.lethe.schema.Column;

/** How much a column, by its type, could tell about a person. */
public enum Room {
  /** Nothing: a truth value, one of a few words, or what the database computes itself. */
  NONE,
  /** A little: numbers, dates and times. */
  LITTLE,
  /**
   * Anything: text, documents, bytes, addresses, arrays; and domains, whatever they are made of.
   */
  ANYTHING;

  private static final Set<String> FEW =
      Set.of(
          "smallint",
          "integer",
          "bigint",
          "numeric",
          "real",
          "double precision",
          "money",
          "oid",
          "date",
          "time without time zone",
          "time with time zone",
          "timestamp without time zone",
          "timestamp with time zone",
          "timestamp",
          "timestamptz",
          "interval",
          "uuid",
          "bit",
          "bit varying");

  public static Room of(Column column) {
    if (column.generated()) {
      return NONE;
    }
    return switch (column.kind()) {
      case ENUM -> NONE;
      case RANGE -> LITTLE;
      case ARRAY, DOMAIN, COMPOSITE -> ANYTHING;
      case BASE -> {
        String type = column.type().replaceAll("\\(\\s*\\d+(\\s*,\\s*-?\\d+)?\\s*\\)", "").strip();
        yield type.equals("boolean") ? NONE : FEW.contains(type) ? LITTLE : ANYTHING;
      }
    };
  }
}
