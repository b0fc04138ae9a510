package org.lethe.collect;

import java.util.ArrayList;
import java.util.List;
import org.lethe.dialect.Dialect;
import org.lethe.error.NotPermittedException;
import org.lethe.policy.Accounts;
import org.lethe.policy.Decisions;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The "Deleted user": the one account of the application that stands in for those that are gone,
 * named by the policy or made when it was first needed. It is never removed itself, nor found by a
 * predicate. Immutable.
 */
public final class StandIn {

  private final Decisions decisions;
  private final Dialect dialect;

  public StandIn(Decisions decisions, Dialect dialect) {
    this.decisions = decisions;
    this.dialect = dialect;
  }

  /** Whether a table is the one with the application's accounts. */
  private boolean concerns(TableId table) {
    return decisions.accounts().map(Accounts::table).filter(table::equals).isPresent()
        && decisions.catalog().table(table).identity().size() == 1;
  }

  /**
   * A condition that row {@code row} of a table is it; {@code false} of most tables.
   *
   * @param ledger whether the ledger's tables are there
   */
  public String is(TableId id, String row, boolean ledger) {
    if (!concerns(id)) {
      return "false";
    }
    Table table = decisions.catalog().table(id);
    String key = row + "." + dialect.quote(table.identity().get(0));
    List<String> either = new ArrayList<>();
    decisions
        .accounts()
        .map(Accounts::deletedUser)
        .ifPresent(said -> either.add(key + "::text = " + dialect.literal(said)));
    if (ledger) {
      either.add(
          "exists (select 1 from lethe.deleted_user as stand_in where stand_in.table_schema = %s and stand_in.table_name = %s and stand_in.key = %s::text)"
              .formatted(dialect.literal(id.schema()), dialect.literal(id.name()), key));
    }
    return either.isEmpty() ? "false" : "(" + String.join(" or ", either) + ")";
  }

  /** What a predicate must say besides, so as not to find it; empty for most tables. */
  String andNot(JdbcOperations jdbc, TableId table, String row) {
    return concerns(table) ? " and not " + is(table, row, ledger(jdbc)) : "";
  }

  /**
   * Makes sure that it is not among given rows.
   *
   * @throws NotPermittedException if it is
   */
  public void refuse(JdbcOperations jdbc, Roots.Keys roots) {
    if (!concerns(roots.table())) {
      return;
    }
    GivenKeys given = new GivenKeys(decisions.catalog(), dialect, roots);
    Table table = decisions.catalog().table(roots.table());
    boolean among =
        !jdbc.query(
                "select 1 from %s as c where %s and %s limit 1"
                    .formatted(
                        dialect.ownRows(table),
                        given.matches("c"),
                        is(roots.table(), "c", ledger(jdbc))),
                (rs, n) -> 1,
                given.arguments())
            .isEmpty();
    if (among) {
      throw new NotPermittedException(
          "this row of %s stands in for accounts that are gone (\"Deleted user\"), so it stays; nothing was changed"
              .formatted(decisions.catalog().displayName(roots.table())));
    }
  }

  /** Whether the ledger's tables are there to say which it is. */
  public static boolean ledger(JdbcOperations jdbc) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject("select to_regclass('lethe.deleted_user') is not null", Boolean.class));
  }
}
