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
  private final boolean chosen;

  NewTargets(
      Catalog catalog,
      Dialect dialect,
      JdbcOperations jdbc,
      RelationSql relationSql,
      boolean locks,
      boolean chosen) {
    this.catalog = catalog;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.relationSql = relationSql;
    this.locks = locks;
    this.chosen = chosen;
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
          "%s: %s would point the remaining rows at a row of %s that goes in this same removal. Choose another value, or another rule, for %s%s"
              .formatted(
                  relation.name(),
                  onDelete,
                  catalog.displayName(relation.parent()),
                  relation.name(),
                  inThePolicy()));
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
          "%s: %s needs a row of %s that does not exist. Create it, or choose another rule for %s%s"
              .formatted(
                  relation.name(),
                  onDelete,
                  catalog.displayName(relation.parent()),
                  relation.name(),
                  inThePolicy()));
    }
  }

  private String inThePolicy() {
    return chosen ? "" : " in the policy";
  }

  /**
   * Refuses a choice that would have the new target refer to itself, as when somebody's reports are
   * handed to one of them.
   *
   * @param update the rows that would change, as a temporary table
   * @throws UnusableTargetException if one of them is the row that they would refer to
   */
  void refuseSelf(Relation relation, OnDelete onDelete, String update) {
    if (!chosen || !relation.selfReference() || onDelete.kind() != OnDelete.Kind.REASSIGN) {
      return;
    }
    Table parent = catalog.table(relation.parentScan());
    String same =
        relationSql.refersTo(relation, values(relation, onDelete), c -> "t." + dialect.quote(c));
    if (exists(
        "select 1 from %s as t join %s as s on s.tid = t.ctid and s.part = t.tableoid where %s"
            .formatted(dialect.ownRows(parent), update, same))) {
      throw new UnusableTargetException(
          "%s: %s would make that row of %s refer to itself. Choose another row, or another rule, for %s"
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
