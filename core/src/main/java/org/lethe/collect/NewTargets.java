package org.lethe.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  private final boolean locks;

  NewTargets(Catalog catalog, Dialect dialect, JdbcOperations jdbc, boolean locks) {
    this.catalog = catalog;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.locks = locks;
  }

  /**
   * Checks where the rows of an update would point.
   *
   * @throws UnusableTargetException if that row goes too, or does not exist
   */
  void check(Relation relation, OnDelete onDelete, List<String> columns, KeySet parents) {
    boolean pointsSomewhere =
        onDelete.kind() == OnDelete.Kind.REASSIGN
            || (relation instanceof ForeignKeyRelation
                && (onDelete.kind() == OnDelete.Kind.SET
                    || onDelete.kind() == OnDelete.Kind.SET_DEFAULT));
    if (!pointsSomewhere || !columns.equals(relation.childColumns())) {
      return;
    }
    List<String> values = values(relation, onDelete);
    if (!values.contains("null")) {
      refuseGoing(relation, onDelete, parents, values);
      refuseMissing(relation, onDelete, values);
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
    String same =
        IntStream.range(0, values.size())
            .mapToObj(
                i -> parents.column("p", relation.parentColumns().get(i)) + " = " + values.get(i))
            .collect(Collectors.joining(" and "));
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
    String same =
        IntStream.range(0, values.size())
            .mapToObj(
                i ->
                    "t.%s = %s"
                        .formatted(dialect.quote(relation.parentColumns().get(i)), values.get(i)))
            .collect(Collectors.joining(" and "));
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
