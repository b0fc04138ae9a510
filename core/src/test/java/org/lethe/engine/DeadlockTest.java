package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.engine.TestDatabase.deleted;
import static org.lethe.engine.TestDatabase.rows;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.execute.Backoff;
import org.lethe.execute.DeletionReport;
import org.lethe.execute.RemovalFailedException;
import org.postgresql.ds.PGSimpleDataSource;

/** Who is chosen to give way in a deadlock, or runs out of patience for a lock, tries again. */
class DeadlockTest {

  private static final String SHOP =
      """
      create table customer (id int primary key);
      create table invoice (id int primary key, customer int references customer);
      insert into customer values (1), (2);
      insert into invoice values (1, 1), (2, 1), (3, 2);
      """;

  private static PGSimpleDataSource with(TestDatabase database, String options) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(String.valueOf(database.source().getUrl()));
    source.setUser("postgres");
    source.setOptions(options);
    return source;
  }

  @Test
  void theVictimOfADeadlockTriesAgain() throws Exception {
    TestDatabase database = TestDatabase.with(SHOP);
    // The database sends away whoever looks for a deadlock first.
    Lethe lethe =
        Lethe.builder(with(database, "-c deadlock_timeout=2s"))
            .decisions(database.lethe("invoice.customer: cascade").decisions())
            .build();
    try (Blocking writer = Blocking.on(database, "set deadlock_timeout = '10min'")) {
      writer.run("update invoice set customer = 1 where id = 1");
      Background<DeletionReport> delete = Background.run(() -> lethe.delete(rows("customer", 1)));
      writer.awaitWaiting();
      // The removal holds the customer and wants the invoice; now the other way round.
      writer.run("insert into invoice values (4, 1)");
      writer.commit();

      assertThat(deleted(lethe, delete.result())).isEqualTo(Map.of("customer", 1L, "invoice", 3L));
    }
    database.run("select pg_stat_force_next_flush()");
    assertThat(
            database.number(
                "select deadlocks from pg_stat_database where datname = current_database()"))
        .isEqualTo(1);
    assertThat(database.count("invoice")).isEqualTo(1);
  }

  @Test
  void aLockTimeoutIsTriedAgainUntilTheLockIsFree() throws Exception {
    TestDatabase database = TestDatabase.with(SHOP);
    Lethe lethe =
        Lethe.builder(with(database, "-c lock_timeout=50ms"))
            .decisions(database.lethe("invoice.customer: cascade").decisions())
            .build();
    try (Blocking holder = Blocking.on(database, "select from invoice where id = 2 for update")) {
      Background<DeletionReport> delete = Background.run(() -> lethe.delete(rows("customer", 1)));
      Thread.sleep(1500);
      assertThat(delete.running()).isTrue();
      holder.commit();
      assertThat(delete.result().total()).isEqualTo(3);
    }
  }

  @Test
  void whoNeverGetsTheLockGivesUpWithAClearAnswer() throws Exception {
    TestDatabase database = TestDatabase.with(SHOP);
    Lethe lethe =
        Lethe.builder(with(database, "-c lock_timeout=50ms"))
            .decisions(database.lethe("invoice.customer: cascade").decisions())
            .backoff(new Backoff(3, Duration.ofMillis(10), Duration.ofMillis(20)))
            .build();
    try (Blocking holder = Blocking.on(database, "select from invoice where id = 2 for update")) {
      assertThat(
              database.refused(
                  RemovalFailedException.class, () -> lethe.delete(rows("customer", 1))))
          .hasMessageContaining("other transactions kept getting in the way")
          .hasMessageContaining("nothing was changed, try again later");
      holder.commit();
    }
  }
}
