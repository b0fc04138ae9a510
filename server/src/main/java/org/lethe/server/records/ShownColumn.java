package org.lethe.server.records;

import org.lethe.schema.Column;

/**
 * A column as the pages show it. Immutable.
 *
 * @param hidden whether its values are shown to nobody
 * @param searched whether its text is looked through
 * @param filtered whether a list can be narrowed to one of its values
 * @param sorted whether an index lets a list be put in its order
 * @param key whether it is part of what names a row
 */
public record ShownColumn(
    Column column,
    boolean hidden,
    boolean searched,
    boolean filtered,
    boolean sorted,
    boolean key) {

  public String name() {
    return column.name();
  }

  /** Whether its values are read as figures. */
  public boolean number() {
    return column.kind() == Column.TypeKind.BASE
        && column.type().matches("(smallint|integer|bigint|real|double precision|money|numeric.*)");
  }

  boolean bytes() {
    return column.type().equals("bytea");
  }

  boolean json() {
    return column.type().equals("json") || column.type().equals("jsonb");
  }

  boolean isBoolean() {
    return column.type().equals("boolean");
  }

  boolean isEnum() {
    return column.kind() == Column.TypeKind.ENUM;
  }
}
