package org.lethe.collect;

import java.util.List;
import org.lethe.dialect.Dialect;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;

/** Which referencing columns a rule changes, and to what. */
public final class UpdateValues {

  private UpdateValues() {}

  /**
   * For {@code set_null} the columns that can be null, since one null is enough to end a reference
   * (all of them under MATCH FULL); where the database's own rule names columns, those.
   */
  static List<String> columns(Relation relation, OnDelete onDelete, Table child) {
    boolean keepsTheRule =
        onDelete.kind() == OnDelete.Kind.SET_NULL || onDelete.kind() == OnDelete.Kind.SET_DEFAULT;
    if (keepsTheRule && relation instanceof ForeignKeyRelation r) {
      List<String> named = r.foreignKey().setColumns();
      if (!named.isEmpty() && named.size() < r.childColumns().size()) {
        return named;
      }
      if (r.foreignKey().matchFull()) {
        return r.childColumns();
      }
    }
    if (onDelete.kind() != OnDelete.Kind.SET_NULL) {
      return relation.childColumns();
    }
    return relation.childColumns().stream()
        .filter(c -> child.column(c).filter(Column::nullable).isPresent())
        .toList();
  }

  /** What a column is set to, as SQL that does not refer to the row. */
  public static String sql(Dialect dialect, Updated update, Table child, String column) {
    return sql(dialect, update.relation(), update.onDelete(), child, column);
  }

  static String sql(
      Dialect dialect, Relation relation, OnDelete onDelete, Table child, String column) {
    Column target = child.column(column).orElseThrow();
    return switch (onDelete.kind()) {
      case SET_NULL -> "null";
      case SET_DEFAULT -> target.defaultExpression() == null ? "null" : target.defaultExpression();
      case SET, REASSIGN -> {
        String value = onDelete.values().get(relation.childColumns().indexOf(column));
        yield value == null
            ? "null"
            : "cast(%s as %s)"
                .formatted(dialect.literal(value), dialect.comparableType(target.type()));
      }
      default -> throw new IllegalArgumentException(onDelete + " changes no columns");
    };
  }
}
