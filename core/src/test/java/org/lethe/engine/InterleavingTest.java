package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.engine.TestDatabase.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lethe.Lethe;
import org.lethe.execute.DeletionReport;
import org.lethe.policy.Decisions;

/**
 * Somebody else writes between two statements of a removal, between each two of them in turn: what
 * gets in is taken along, what would come too late is kept waiting.
 */
class InterleavingTest {

  private static final int CUSTOMERS = 60;

  /** Everything of customer {@code n} has the number {@code n}, or starts with 100 times that. */
  private static final String SHOP =
      """
      create table customer (id int primary key);
      create table invoice (id serial primary key, customer int not null references customer);
      create table line (id serial primary key, invoice int not null references invoice);
      create table folder (
        id serial primary key,
        customer int references customer,
        inside int references folder);
      create table visit (id serial primary key, customer int references customer);
      create table mail (id serial primary key, customer int);
      insert into customer select generate_series(0, %1$d);
      insert into invoice select n, n from generate_series(0, %1$d) n;
      insert into line select 100 * n + i, n from generate_series(0, %1$d) n, generate_series(1, 3) i;
      insert into folder select 100 * n + i, case when i = 1 then n end, 100 * n + nullif(i - 1, 0)
        from generate_series(0, %1$d) n, generate_series(1, 5) i;
      insert into visit select n, n from generate_series(0, %1$d) n;
      insert into mail select n, n from generate_series(0, %1$d) n;
      alter sequence invoice_id_seq restart 100000;
      alter sequence line_id_seq restart 100000;
      alter sequence folder_id_seq restart 100000;
      alter sequence visit_id_seq restart 100000;
      alter sequence mail_id_seq restart 100000;
      """;

  private static final String LINK =
      "links:\n- { from: mail.customer, to: customer.id, on_delete: cascade }";

  private static final List<String> TABLES =
      List.of("customer", "invoice", "line", "folder", "visit", "mail");

  /** What the other one tries, each for itself; customer 0's belongings move to customer n's. */
  private static final List<String> WRITES =
      List.of(
          "insert into invoice (customer) values (%1$d)",
          "insert into line (invoice) values (%1$d)",
          "insert into folder (customer) values (%1$d)",
          "insert into folder (inside) values (100 * %1$d + 5)",
          "insert into folder (inside) values (100 * %1$d + 2)",
          "insert into visit (customer) values (%1$d)",
          "insert into mail (customer) values (%1$d)",
          "update line set invoice = %1$d where id = (select min(id) from line where invoice = 0)",
          "update folder set inside = 100 * %1$d + 2 where id = 3",
          "update folder set inside = 2 where id = 100 * %1$d + 4",
          "update line set invoice = 0 where id = 100 * %1$d + 1");

  private static final List<String> ORPHANS =
      List.of(
          "select count(*) from invoice where customer not in (select id from customer)",
          "select count(*) from line where invoice not in (select id from invoice)",
          "select count(*) from folder where customer not in (select id from customer)",
          "select count(*) from folder where inside not in (select id from folder)",
          "select count(*) from visit where customer not in (select id from customer)");

  private static final String LOST_MAIL =
      "select count(*) from mail where customer not in (select id from customer)";

  private final TestDatabase database = TestDatabase.with(SHOP.formatted(CUSTOMERS));

  private Decisions decisions() {
    return database
        .lethe(
            "invoice.customer: cascade",
            "line.invoice: cascade",
            "folder.customer: cascade",
            "folder.inside: cascade",
            "visit.customer: set_null\n" + LINK)
        .decisions();
  }

  /** Without an index on what folders refer to themselves by, they are collected table by table. */
  @ParameterizedTest
  @CsvSource({"false, 15", "true, 6"})
  void betweenAnyTwoStatements(boolean byOneQuery, int atLeast) throws Exception {
    if (byOneQuery) {
      database.run("create index on folder (inside)");
    }
    Decisions decisions = decisions();
    int words = Integer.MAX_VALUE;
    int written = 0;
    int kept = 0;
    List<Integer> late = new ArrayList<>();
    for (int n = 1; n <= Math.min(words, CUSTOMERS); n++) {
      Intruder intruder = new Intruder(n);
      database.run("insert into folder (id, inside) values (3, 2), (4, 3) on conflict do nothing");
      Map<String, Long> before = counts();
      Lethe lethe =
          Lethe.builder(new WatchedDataSource(database.source(), intruder))
              .decisions(decisions)
              .build();

      DeletionReport report = lethe.delete(rows("customer", n));

      words = intruder.heard;
      written += intruder.written;
      kept += intruder.refused;
      for (String orphans : ORPHANS) {
        assertThat(database.number(orphans)).as("%s, before word %d", orphans, n).isZero();
      }
      if (database.number(LOST_MAIL) > 0) {
        late.add(words - n);
        database.run("delete from mail where customer not in (select id from customer)");
        before.merge("mail", -1L, Long::sum);
      }
      Map<String, Long> after = counts();
      intruder.inserted.forEach((table, rows) -> before.merge(table, rows, Long::sum));
      Map<String, Long> gone = new TreeMap<>();
      TABLES.forEach(t -> gone.put(t, before.getOrDefault(t, 0L) - after.getOrDefault(t, 0L)));
      gone.values().removeIf(rows -> rows == 0);
      assertThat(TestDatabase.deleted(lethe, report)).as("before word %d", n).isEqualTo(gone);
    }
    assertThat(words).as("each statement had a customer of its own").isBetween(atLeast, CUSTOMERS);
    assertThat(written).isPositive();
    assertThat(kept).isPositive();
    // Nobody guards a link, so mail can still come in after the last look: before the commit, and
    // before the check of deferred constraints.
    assertThat(late).isSubsetOf(0, 1);
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    TABLES.forEach(t -> counts.put(t, database.count(t)));
    return counts;
  }

  /** Writes once, before the word with its customer's number. */
  private final class Intruder implements WatchedDataSource.Watcher {
    private final int customer;
    private final Map<String, Long> inserted = new TreeMap<>();
    private int heard;
    private int written;
    private int refused;

    Intruder(int customer) {
      this.customer = customer;
    }

    @Override
    public void before(Connection connection, boolean commit) throws SQLException {
      if (++heard == customer) {
        for (String sql : WRITES) {
          write(sql.formatted(customer));
        }
      }
    }

    @Override
    public void after(Connection connection, boolean commit) {}

    private void write(String sql) throws SQLException {
      try (Connection own = database.source().getConnection();
          Statement statement = own.createStatement()) {
        statement.execute("set lock_timeout = '20ms'");
        int rows = statement.executeUpdate(sql);
        written += rows;
        if (sql.startsWith("insert into ")) {
          String table = sql.substring(12, sql.indexOf(' ', 12));
          inserted.merge(table, (long) rows, Long::sum);
        }
      } catch (SQLException e) {
        // 55P03: kept waiting by the removal.
        if (!"55P03".equals(e.getSQLState())) {
          throw e;
        }
        refused++;
      }
    }
  }
}
