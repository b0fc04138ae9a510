package org.lethe.collect;

import java.util.ArrayList;
import java.util.List;
import org.lethe.dialect.Dialect;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Rows that are pointed elsewhere need an elsewhere: it must exist and must not go in the same
 * removal.
 */
final class NewTargets {

  private final Catalog catalog;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final RelationSql relationSql;
  private final boolean locks;

  NewTargets(
      Catalog catalog,
      Dialect dialect,
      JdbcOperations jdbc,
      RelationSql relationSql,
      boolean locks) {
    this.catalog = catalog;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.relationSql = relationSql;
    this.locks = locks;
  }

  /**
   * Checks where the rows of an update would point.
   *
   * @throws UnusableTargetException if that row goes too, or does not exist
   */
  void check(Relation relation, OnDelete onDelete, List<String> columns, KeySet parents) {
    if (onDelete.kind() == OnDelete.Kind.SET_NULL || !columns.equals(relation.childColumns())) {
      return;
    }
    List<String> values = values(relation, onDelete);
    if (!values.contains("null")) {
      refuseGoing(relation, onDelete, parents, values);
      // A link may be set to a value that names no row, such as "unknown".
      if (relation instanceof ForeignKeyRelation || onDelete.kind() == OnDelete.Kind.REASSIGN) {
        refuseMissing(relation, onDelete, values);
      }
    }
  }

  /** The new value of each referencing column, as SQL. */
  private List<String> values(Relation relation, OnDelete onDelete) {
    List<String> values = new ArrayList<>();
    Table child = catalog.table(relation.childScan());
    for (int i = 0; i < relation.childColumns().size(); i++) {
      values.add(
          UpdateValues.sql(dialect, relation, onDelete, child, relation.childColumns().get(i)));
    }
    return values;
  }

  private void refuseGoing(
      Relation relation, OnDelete onDelete, KeySet parents, List<String> values) {
    String same = relationSql.refersTo(relation, values, c -> parents.column("p", c));
    if (exists("select 1 from " + parents.name() + " as p where " + same)) {
      throw new UnusableTargetException(
          "%s: %s would point the remaining rows at a row of %s that goes in this same removal. Choose another value, or another rule, for %s in the policy"
              .formatted(
                  relation.name(),
                  onDelete,
                  catalog.displayName(relation.parent()),
                  relation.name()));
    }
  }

  private void refuseMissing(Relation relation, OnDelete onDelete, List<String> values) {
    Table parent = catalog.table(relation.parentScan());
    String same = relationSql.refersTo(relation, values, c -> "t." + dialect.quote(c));
    String found =
        "select 1 from %s as t where %s%s"
            .formatted(dialect.ownRows(parent), same, locks ? " for key share of t" : "");
    if (!exists(found)) {
      throw new UnusableTargetException(
          "%s: %s needs a row of %s that does not exist. Create it, or choose another rule for %s in the policy"
              .formatted(
                  relation.name(),
                  onDelete,
                  catalog.displayName(relation.parent()),
                  relation.name()));
    }
  }

  private boolean exists(String query) {
    return !jdbc.query(query + " limit 1", (rs, n) -> 1).isEmpty();
  }
}
