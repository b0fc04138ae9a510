package org.lethe.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.By;
import org.lethe.trash.Deletion;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is purged, when, and what a purge leaves alone. */
class PurgeTest {

  private static final By TESTER = new By("tester", "because");
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final Hands clock = new Hands(START);
  private final PGSimpleDataSource database = PostgresServer.shared().createDatabase();
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final Lethe lethe = create();

  private Lethe create() {
    PostgresServer.execute(
        database,
        """
        create table item (id int primary key);
        create table part (item_id int references item on delete cascade, n int);
        insert into item select generate_series(1, 400);
        insert into part select id, n from item, generate_series(1, 3) as n;
        """);
    LedgerSchema.migrate(database);
    return Lethe.builder(database).clock(clock).build();
  }

  @Test
  void nothingGoesBeforeItsTimeAndAllOfItAfterwards() {
    UUID early = delete(1, 10);
    UUID late = delete(2, 30);
    clock.move(Duration.ofDays(10).minusSeconds(1));
    assertThat(purge().purged()).isEmpty();

    clock.move(Duration.ofSeconds(1));
    PurgeReport report = purge();

    assertThat(report.purged()).containsExactly(early);
    assertThat(report.rows()).isEqualTo(4);
    assertThat(sql.queryForList("select distinct deletion_id from lethe.archived_row", UUID.class))
        .containsExactly(late);
    assertThat(lethe.trash().list(Deletion.State.PURGED, 9))
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.id()).isEqualTo(early);
              assertThat(d.label()).as("names nobody any more").isNull();
              assertThat(d.counts().total()).as("is still counted").isEqualTo(4);
            });
  }

  @Test
  void oneDeletionIsMadeFinalBeforeItsTimeUnlessItIsHeld() {
    UUID id = delete(1, 10);
    UUID other = delete(2, 10);
    UUID hold = lethe.trash().hold(id, null, TESTER);
    assertThatThrownBy(() -> lethe.purger().purge(id, TESTER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is held by tester: because");

    lethe.trash().lift(hold, TESTER);
    assertThat(lethe.purger().purge(id, TESTER)).isEqualTo(4);

    assertThat(lethe.trash().list(Deletion.State.PURGED, 9))
        .singleElement()
        .satisfies(d -> assertThat(d.id()).isEqualTo(id));
    assertThat(lethe.trash().list(Deletion.State.IN_TRASH, 9))
        .singleElement()
        .satisfies(d -> assertThat(d.id()).isEqualTo(other));
    assertThat(lethe.audit("tester", id.toString(), 1))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.action()).isEqualTo("purge");
              assertThat(e.reason()).isEqualTo("because");
            });
    for (UUID gone : List.of(id, UUID.randomUUID())) {
      assertThatThrownBy(() -> lethe.purger().purge(gone, TESTER))
          .isInstanceOf(InputException.class);
    }
  }

  @Test
  void aClockSetBackPurgesNothingAndAHoldKeepsWhatIsDue() {
    UUID id = delete(1, 10);
    clock.move(Duration.ofDays(-400));
    assertThat(purge().purged()).isEmpty();

    clock.move(Duration.ofDays(420));
    UUID hold = lethe.trash().hold(id, clock.instant().plus(Duration.ofDays(5)), TESTER);
    UUID other = lethe.trash().hold(id, null, TESTER);
    assertThat(purge().purged()).isEmpty();
    clock.move(Duration.ofDays(6));
    assertThat(purge().purged()).as("one hold is over, the other is not").isEmpty();
    lethe.trash().lift(other, TESTER);
    assertThat(purge().purged()).containsExactly(id);
    assertThat(hold).isNotEqualTo(other);
  }

  @Test
  void oneThatFailsIsSetAsideWithItsReasonAndTriedAgainLater() {
    UUID poisoned = delete(1, 1);
    UUID fine = delete(2, 2);
    sql.execute(
        """
        create function refuse() returns trigger language plpgsql as $$ begin
          if old.deletion_id = '%s' then raise 'not this one'; end if; return old; end $$;
        create trigger refuse before delete on lethe.archived_row
          for each row execute function refuse()
        """
            .formatted(poisoned));
    clock.move(Duration.ofDays(3));

    PurgeReport report = purge();

    assertThat(report.failed()).containsExactly(poisoned);
    assertThat(report.purged()).containsExactly(fine);
    assertThat(lethe.trash().list(Deletion.State.IN_TRASH, 9))
        .singleElement()
        .extracting(Deletion::failure)
        .asString()
        .contains("not this one");
    assertThat(purge().failed()).as("rests").isEmpty();
    sql.execute("drop trigger refuse on lethe.archived_row");
    clock.move(Duration.ofHours(1));
    assertThat(purge().purged()).containsExactly(poisoned);
  }

  @Test
  void limitsEndAPurgeAndTheNextGoesOn() {
    for (int i = 1; i <= 5; i++) {
      delete(i, 1);
    }
    clock.move(Duration.ofDays(2));

    PurgeReport first =
        lethe.purger().run(new PurgeLimits(2, 100, Duration.ofMinutes(1), 1_000_000), "tester");
    PurgeReport second =
        lethe.purger().run(new PurgeLimits(9, 5, Duration.ofMinutes(1), 1_000_000), "tester");

    assertThat(first.purged()).hasSize(2);
    assertThat(first.more()).isTrue();
    assertThat(second.purged()).as("4 rows, then 4 more; then it is enough").hasSize(2);
    assertThat(purge().purged()).hasSize(1);
    assertThat(purge().more()).isFalse();
  }

  @Test
  void severalPurgeTogetherWithoutDoubleWork() throws Exception {
    for (int i = 1; i <= 60; i++) {
      delete(i, 1);
    }
    clock.move(Duration.ofDays(2));
    List<Callable<PurgeReport>> purges = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      purges.add(this::purge);
    }
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<UUID> all = new ArrayList<>();
    for (Future<PurgeReport> report : threads.invokeAll(purges)) {
      all.addAll(report.get().purged());
    }
    threads.shutdown();

    assertThat(all).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void ofRestoreAndPurgeOneWins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    for (int i = 1; i <= 300; i++) {
      UUID id = delete(i, 1);
      clock.move(Duration.ofDays(2));
      CyclicBarrier together = new CyclicBarrier(2);
      Future<Boolean> restored =
          threads.submit(
              () -> {
                together.await();
                try {
                  lethe.trash().restore(id, TESTER);
                  return true;
                } catch (LetheException lost) {
                  return false;
                }
              });
      Future<List<UUID>> purged =
          threads.submit(
              () -> {
                together.await();
                return purge().purged();
              });
      boolean back = restored.get();
      boolean gone = purged.get().contains(id);
      boolean there =
          Objects.equals(
              sql.queryForObject("select count(*) from item where id = " + i, Long.class), 1L);
      assertThat(back).as("never both, never neither").isNotEqualTo(gone);
      assertThat(there).isEqualTo(back);
    }
    threads.shutdown();
    assertThat(sql.queryForObject("select count(*) from lethe.archived_row", Long.class)).isZero();
  }

  private PurgeReport purge() {
    return lethe.purger().run(PurgeLimits.NONE, "tester");
  }

  private UUID delete(int item, int days) {
    Roots roots =
        new Roots.Keys(
            lethe.catalog().find("item").orElseThrow(), List.of(List.of(Integer.toString(item))));
    return Objects.requireNonNull(
        lethe.trash().delete(roots, Period.ofDays(days), TESTER).deletion());
  }
}
