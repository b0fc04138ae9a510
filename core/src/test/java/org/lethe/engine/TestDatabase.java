package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.lethe.Lethe;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Blocker;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.execute.DeletionReport;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.TableId;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database of one test, a removal engine on it, and short ways to look at what became of it. */
final class TestDatabase {

  private final PGSimpleDataSource source;
  private final JdbcTemplate jdbc;

  TestDatabase(PGSimpleDataSource source) {
    this.source = source;
    this.jdbc = new JdbcTemplate(source);
  }

  /** A new database with these objects in it. */
  static TestDatabase with(String sql) {
    TestDatabase database = new TestDatabase(PostgresServer.shared().createDatabase());
    database.run(sql);
    return database;
  }

  PGSimpleDataSource source() {
    return source;
  }

  void run(String sql) {
    PostgresServer.execute(source, sql);
  }

  /** Where only the database rules. */
  Lethe lethe() {
    return Lethe.builder(source).build();
  }

  /** Under a policy that decides these relations, each a line such as {@code a.b: cascade}. */
  Lethe lethe(String... relations) {
    return lethe(true, relations);
  }

  Lethe lethe(boolean nativeCascade, String... relations) {
    return Lethe.builder(source)
        .policy(PolicyReader.read("test", policy(relations)))
        .nativeCascade(nativeCascade)
        .build();
  }

  static String policy(String... relations) {
    StringBuilder yaml = new StringBuilder("version: 1\n");
    if (relations.length > 0) {
      yaml.append("relations:\n");
      Arrays.stream(relations).forEach(r -> yaml.append("  ").append(r).append('\n'));
    }
    return yaml.toString();
  }

  /** Rows of a table of the schema public, by keys of one part. */
  static Roots.Keys rows(String table, Object... keys) {
    return new Roots.Keys(
        new TableId("public", table), Arrays.stream(keys).map(k -> List.of(k.toString())).toList());
  }

  /** One row of a table of the schema public, by a key of any number of parts. */
  static Roots.Keys row(String table, Object... parts) {
    return new Roots.Keys(
        new TableId("public", table), List.of(Arrays.stream(parts).map(Object::toString).toList()));
  }

  /** One number that the test asks the database for itself. */
  long number(String sql) {
    Long number = jdbc.queryForObject(sql, Long.class);
    return number == null ? 0 : number;
  }

  long count(String table) {
    return number("select count(*) from " + table);
  }

  /** One column of text, in the query's order. */
  List<String> texts(String sql) {
    return jdbc.queryForList(sql, String.class);
  }

  /** A column of text and one of numbers, as a map. */
  Map<String, Long> numbers(String sql) {
    Map<String, Long> numbers = new TreeMap<>();
    jdbc.query(
        sql,
        rs -> {
          numbers.put(rs.getString(1), rs.getLong(2));
        });
    return numbers;
  }

  DatabaseDigest digest() {
    try {
      return DatabaseDigest.of(source);
    } catch (SQLException e) {
      throw new AssertionError("the database cannot be read: " + e.getMessage(), e);
    }
  }

  /** Deleted rows by the names that people read. */
  static Map<String, Long> deleted(Lethe lethe, DeletionReport report) {
    Map<String, Long> byName = new TreeMap<>();
    report.counts().deleted().forEach((t, n) -> byName.put(lethe.catalog().displayName(t), n));
    return byName;
  }

  /** Checks that what was previewed, what is reported and what was removed are one and the same. */
  DeletionReport deleteAsPreviewed(Lethe lethe, Roots roots) {
    Preview preview = lethe.preview(roots, Preview.Cap.DEFAULT);
    DatabaseDigest before = digest();
    DeletionReport report = lethe.delete(roots);
    DatabaseDigest after = digest();
    assertThat(report.counts()).as("counts as previewed").isEqualTo(preview.selection().counts());
    Map<String, Long> gone = new TreeMap<>();
    for (String table : before.tables().keySet()) {
      long rows = before.rows(table) - after.rows(table);
      if (rows != 0) {
        gone.put(table, rows);
      }
    }
    assertThat(gone.values().stream().mapToLong(Long::longValue).sum())
        .as("rows gone by independent count, %s", gone)
        .isEqualTo(report.total());
    return report;
  }

  /** Checks that the work fails in this way and leaves every row as it was. */
  <T extends Throwable> T refused(Class<T> type, ThrowingCallable work) {
    DatabaseDigest before = digest();
    Throwable thrown = catchThrowable(work);
    assertThat(thrown).isInstanceOf(type);
    assertThat(digest().differenceFrom(before)).isEmpty();
    return type.cast(thrown);
  }

  /** Checks that a removal is blocked, in preview, plan and execution alike; returns by what. */
  List<Blocker> blocked(Lethe lethe, Roots roots) {
    BlockedException e = refused(BlockedException.class, () -> lethe.delete(roots));
    List<Blocker> previewed = lethe.preview(roots, Preview.Cap.NO_TREE).selection().blockers();
    assertThat(lethe.plan(roots).selection().blockers()).isEqualTo(previewed);
    assertThat(e.blockers()).isEqualTo(previewed);
    return e.blockers();
  }
}
