package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.TableId;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database of one test with a ledger, and short ways to delete and restore in it. */
final class TrashFixture {

  static final By TESTER = new By("tester", null);

  private final PGSimpleDataSource database = PostgresServer.shared().createDatabase();
  private final JdbcTemplate sql = new JdbcTemplate(database);

  TrashFixture() {
    LedgerSchema.migrate(database);
  }

  PGSimpleDataSource database() {
    return database;
  }

  JdbcTemplate sql() {
    return sql;
  }

  /** Makes the tables that a test is about. */
  void create(String schema) {
    PostgresServer.execute(database, schema);
  }

  Lethe lethe(String... relations) {
    String policy =
        "version: 1\n"
            + (relations.length == 0 ? "" : "relations:\n  " + String.join("\n  ", relations));
    return Lethe.of(database, PolicyReader.read("test", policy + "\n"));
  }

  UUID delete(String table, String where, String... relations) {
    return delete(new TableId("public", table), where, relations);
  }

  UUID delete(TableId table, String where, String... relations) {
    Roots roots = new Roots.Where(table, where);
    return Objects.requireNonNull(
        lethe(relations).trash().delete(roots, Period.ofDays(30), TESTER).deletion());
  }

  void roundTrip(String table, String where, String... relations) {
    roundTrip(new TableId("public", table), where, relations);
  }

  /** There and back: as before, byte for byte, and nothing of it left in the ledger. */
  void roundTrip(TableId table, String where, String... relations) {
    DatabaseDigest before = digest();
    List<String> switches = switches();
    UUID id = delete(table, where, relations);
    assertThat(digest().differenceFrom(before)).isNotEmpty();

    RestoreReport report = lethe(relations).trash().restore(id, TESTER);

    assertThat(report.conflicts()).isEmpty();
    assertThat(digest().differenceFrom(before)).isEmpty();
    assertThat(switches()).isEqualTo(switches);
    assertThat(ledger()).isEmpty();
  }

  List<String> switches() {
    return sql.queryForList(
        """
        select tgrelid::regclass::text || tgname || tgenabled::text as s from pg_trigger
        union all select ev_class::regclass::text || rulename || ev_enabled::text from pg_rewrite
        order by 1
        """,
        String.class);
  }

  List<String> ledger() {
    return sql.queryForList(
        """
        select d::text as line from lethe.archived_row as d union all select d::text from lethe.changed_row as d
        union all select d::text from lethe.archived_table as d order by 1
        """,
        String.class);
  }

  DatabaseDigest digest() {
    try {
      return DatabaseDigest.of(database);
    } catch (SQLException e) {
      throw new AssertionError("the database cannot be read: " + e.getMessage(), e);
    }
  }
}
