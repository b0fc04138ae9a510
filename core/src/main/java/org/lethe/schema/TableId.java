package org.lethe.schema;

import java.util.Comparator;

/** Names a table: its schema and its name, exactly as the database spells them, unquoted. */
public record TableId(String schema, String name) implements Comparable<TableId> {

  private static final Comparator<TableId> ORDER =
      Comparator.comparing(TableId::schema).thenComparing(TableId::name);

  @Override
  public int compareTo(TableId other) {
    return ORDER.compare(this, other);
  }

  /** {@code schema.table}; for people use {@link Catalog#displayName}. */
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
