package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.engine.TestDatabase.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lethe.Lethe;
import org.lethe.LetheBuilder;
import org.lethe.error.LetheException;
import org.lethe.execute.OutcomeUnknownException;
import org.lethe.execute.RemovalFailedException;
import org.lethe.policy.Decisions;
import org.lethe.testkit.DatabaseDigest;
import org.postgresql.PGConnection;

/** The connection goes away: nothing half done, and a message that says what is known. */
class LostConnectionTest {

  private static final String SHOP =
      """
      create table customer (id int primary key);
      create table invoice (id int primary key, customer int references customer);
      create table line (id int primary key, invoice int references invoice);
      create table visit (id int primary key, customer int references customer);
      insert into customer values (1), (2);
      insert into invoice select i, 1 + i % 2 from generate_series(1, 6) i;
      insert into line select i, 1 + i % 6 from generate_series(1, 12) i;
      insert into visit select i, 1 + i % 2 from generate_series(1, 6) i;
      """;

  private final TestDatabase database = TestDatabase.with(SHOP);
  private final Decisions decisions =
      database
          .lethe("invoice.customer: cascade", "line.invoice: cascade", "visit.customer: set_null")
          .decisions();

  private Lethe watched(WatchedDataSource.Watcher watcher) {
    return builder(watcher).build();
  }

  private LetheBuilder builder(WatchedDataSource.Watcher watcher) {
    return Lethe.builder(new WatchedDataSource(database.source(), watcher)).decisions(decisions);
  }

  /** Does something once, before or after the statement with a number, or around the commit. */
  private abstract static class Once implements WatchedDataSource.Watcher {
    private final AtomicInteger heard = new AtomicInteger();

    abstract void happen(Connection connection, int number, boolean commit, boolean after)
        throws SQLException;

    @Override
    public void before(Connection connection, boolean commit) throws SQLException {
      happen(connection, heard.incrementAndGet(), commit, false);
    }

    @Override
    public void after(Connection connection, boolean commit) throws SQLException {
      happen(connection, heard.get(), commit, true);
    }
  }

  private void terminate(Connection connection) throws SQLException {
    int backend = connection.unwrap(PGConnection.class).getBackendPID();
    assertThat(database.texts("select pg_terminate_backend(" + backend + ", 5000)::text"))
        .containsExactly("true");
  }

  @ParameterizedTest
  @CsvSource({"0, 11", "2000, 4"})
  void lostBeforeAnyStatement(int handful, int atLeast) {
    List<String> messages = new ArrayList<>();
    for (int n = 1; ; n++) {
      int at = n;
      boolean[] struck = new boolean[1];
      Lethe lethe =
          builder(
                  new Once() {
                    @Override
                    void happen(Connection connection, int number, boolean commit, boolean after)
                        throws SQLException {
                      if (number == at && !after && !commit) {
                        struck[0] = true;
                        terminate(connection);
                      }
                    }
                  })
              .handful(handful)
              .build();
      DatabaseDigest before = database.digest();
      try {
        lethe.delete(rows("customer", 1));
        assertThat(struck[0]).as("went through because nothing was left to strike").isFalse();
        break;
      } catch (LetheException e) {
        assertThat(struck[0]).isTrue();
        assertThat(database.digest().differenceFrom(before)).isEmpty();
        assertThat(e).isInstanceOf(RemovalFailedException.class);
        messages.add(String.valueOf(e.getMessage()));
      }
    }
    assertThat(messages)
        .hasSizeGreaterThanOrEqualTo(atLeast)
        .allMatch(m -> m.startsWith("no connection to the database, or it was lost: "))
        .allMatch(m -> m.endsWith("; nothing was changed"));
    assertThat(database.count("invoice")).isEqualTo(3);
  }

  @Test
  void lostJustBeforeTheCommit() {
    Lethe lethe =
        watched(
            new Once() {
              @Override
              void happen(Connection connection, int number, boolean commit, boolean after)
                  throws SQLException {
                if (commit && !after) {
                  terminate(connection);
                }
              }
            });

    // In truth nothing happened, but on this side nobody can know.
    assertThat(
            database.refused(
                OutcomeUnknownException.class, () -> lethe.delete(rows("customer", 1))))
        .hasMessageContaining("completely or not at all");
    assertThat(watched(SILENT).delete(rows("customer", 1)).total()).isEqualTo(10);
  }

  @Test
  void lostWithTheAnswerToTheCommit() {
    Lethe lethe =
        watched(
            new Once() {
              @Override
              void happen(Connection connection, int number, boolean commit, boolean after)
                  throws SQLException {
                if (commit && after) {
                  connection.close();
                  throw new SQLException("An I/O error occurred", "08006");
                }
              }
            });
    Throwable thrown =
        org.assertj.core.api.Assertions.catchThrowable(() -> lethe.delete(rows("customer", 1)));

    assertThat(thrown).isInstanceOf(OutcomeUnknownException.class);
    assertThat(database.count("customer")).isEqualTo(1);
    assertThat(database.count("invoice")).isEqualTo(3);
    assertThat(database.count("line")).isEqualTo(6);
  }

  private static final WatchedDataSource.Watcher SILENT =
      new WatchedDataSource.Watcher() {
        @Override
        public void before(Connection connection, boolean commit) {}

        @Override
        public void after(Connection connection, boolean commit) {}
      };

  @Test
  void endedByAnAdministratorWhileItWaits() throws Exception {
    Lethe lethe = Lethe.builder(database.source()).decisions(decisions).build();
    try (Blocking holder = Blocking.on(database, "select from line where id = 1 for update")) {
      DatabaseDigest before = database.digest();
      Background<Long> delete = Background.run(() -> lethe.delete(rows("customer", 1)).total());
      holder.awaitWaiting();
      database.run(
          """
          select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'
          """);

      assertThat(delete.failure())
          .isInstanceOf(RemovalFailedException.class)
          .hasMessageContaining("no connection to the database, or it was lost: ")
          .hasMessageContaining("nothing was changed");
      assertThat(database.digest().differenceFrom(before)).isEmpty();
    }
    assertThat(lethe.delete(rows("customer", 1)).total()).isEqualTo(10);
  }

  @Test
  void cancelledByAnAdministratorWhileItWaits() throws Exception {
    Lethe lethe = Lethe.builder(database.source()).decisions(decisions).build();
    try (Blocking holder = Blocking.on(database, "select from line where id = 1 for update")) {
      DatabaseDigest before = database.digest();
      Background<Long> delete = Background.run(() -> lethe.delete(rows("customer", 1)).total());
      holder.awaitWaiting();
      database.run(
          """
          select pg_cancel_backend(pid) from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'
          """);

      assertThat(delete.failure())
          .isInstanceOf(RemovalFailedException.class)
          .hasMessage("cancelled; nothing was changed");
      assertThat(database.digest().differenceFrom(before)).isEmpty();
    }
  }
}
