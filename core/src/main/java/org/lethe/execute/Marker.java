package org.lethe.execute;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Collected;
import org.lethe.collect.Flags;
import org.lethe.collect.KeySet;
import org.lethe.dialect.Dialect;
import org.lethe.policy.FlagColumns;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.TableId;
import org.lethe.schema.Trigger;
import org.springframework.jdbc.core.JdbcOperations;

/** Marks rows as deleted in the application's own columns. Inside one transaction. */
final class Marker {

  private final Catalog catalog;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Collected collected;

  Marker(Catalog catalog, Dialect dialect, JdbcOperations jdbc, Collected collected) {
    this.catalog = catalog;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.collected = collected;
  }

  /**
   * Marks the rows of one table that were collected.
   *
   * @throws RemovalFailedException if a trigger keeps some from being marked
   */
  void mark(TableId table, Keeper.Mark mark) {
    KeySet set = collected.rowsOf(table);
    FlagColumns columns = collected.flags().columns(table);
    String update =
        "update %s as c set %s from %s as s where "
            .formatted(
                dialect.ownRows(set.table()),
                String.join(", ", assignments(columns, mark)),
                set.name());
    String live = " and " + Flags.isLive(dialect, columns, "c");
    long marked = jdbc.update(update + set.sameRowSoFar("c", "s"));
    if (marked < set.rows()) {
      // An earlier step or a trigger wrote some of these rows again and so moved them.
      jdbc.update(update + set.sameRow("c", "s") + live);
    }
    if (marked < set.rows() || !set.table().triggersOn(Trigger.Event.UPDATE).isEmpty()) {
      refuseUnmarked(set, live);
    }
  }

  private List<String> assignments(FlagColumns columns, Keeper.Mark mark) {
    List<String> assignments = new ArrayList<>();
    add(assignments, columns.deleted(), "true");
    add(assignments, columns.deletedAt(), "timestamptz '" + mark.at() + "'");
    add(assignments, columns.deletionId(), "'" + mark.deletion() + "'");
    return assignments;
  }

  private void add(List<String> assignments, @Nullable Column column, String value) {
    if (column != null) {
      assignments.add(
          "%s = cast(%s as %s)".formatted(dialect.quote(column.name()), value, column.type()));
    }
  }

  private void refuseUnmarked(KeySet set, String live) {
    boolean left =
        !jdbc.query(
                "select 1 from %s as c join %s as s on %s%s limit 1"
                    .formatted(
                        dialect.ownRows(set.table()), set.name(), set.sameRow("c", "s"), live),
                (rs, n) -> 1)
            .isEmpty();
    if (left) {
      throw new RemovalFailedException(
          "rows of %s are not marked as deleted after they were marked%s; nothing was changed"
              .formatted(
                  catalog.displayName(set.table().id()),
                  StepRunner.keptBy(set.table(), Trigger.Event.UPDATE)));
    }
  }
}
