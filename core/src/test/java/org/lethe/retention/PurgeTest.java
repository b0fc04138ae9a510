package org.lethe.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
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
import org.springframework.jdbc.datasource.DelegatingDataSource;

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
  void whatAnotherIsAtWorkOnIsPassedOver() throws SQLException {
    UUID claimed = delete(1, 1);
    UUID free = delete(2, 1);
    clock.move(Duration.ofDays(2));
    try (Connection stuck = database.getConnection();
        Statement statement = stuck.createStatement()) {
      stuck.setAutoCommit(false);
      statement.execute(
          "select from lethe.deletion where deletion_id = '%s' for update".formatted(claimed));
      assertThat(purge().purged()).containsExactly(free);
    }
    assertThat(purge().purged()).containsExactly(claimed);
  }

  @Test
  void oneThatFailsAtTheCommitIsSetAsideToo() {
    UUID poisoned = delete(1, 1);
    List<UUID> fine = List.of(delete(2, 1), delete(3, 1));
    sql.execute(
        """
        create function refuse() returns trigger language plpgsql as $$ begin
          if old.deletion_id = '%s' then raise 'not this one'; end if; return null; end $$;
        create constraint trigger refuse after delete on lethe.archived_row
          deferrable initially deferred for each row execute function refuse()
        """
            .formatted(poisoned));
    clock.move(Duration.ofDays(3));

    for (int day = 1; day <= 20; day++) {
      PurgeReport report = purge();
      assertThat(report.failed()).containsExactly(poisoned);
      assertThat(report.purged()).containsExactlyInAnyOrderElementsOf(day == 1 ? fine : List.of());
      clock.move(Duration.ofDays(1));
    }
    assertThat(sql.queryForObject("select max(attempts) from lethe.deletion", Integer.class))
        .as("however often: it is tried again after a day at most")
        .isEqualTo(20);
    sql.execute("drop trigger refuse on lethe.archived_row");
    lethe.trash().restore(poisoned, TESTER);
    assertThat(sql.queryForObject("select count(*) from item", Long.class)).isEqualTo(398);
  }

  @Test
  void aLostConnectionIsNobodysFault() {
    List<UUID> due = List.of(delete(1, 1), delete(2, 2), delete(3, 3));
    breakConnections(due.get(1), 1);
    clock.move(Duration.ofDays(4));

    PurgeReport report = purge();

    assertThat(report.purged()).isEqualTo(due);
    assertThat(report.failed()).isEmpty();
    assertThat(sql.queryForObject("select sum(attempts) from lethe.deletion", Long.class)).isZero();
  }

  @Test
  void aDeletionThatBreaksTheConnectionTwiceIsSetAside() {
    List<UUID> due = List.of(delete(1, 1), delete(2, 2), delete(3, 3));
    breakConnections(due.get(1), 2);
    clock.move(Duration.ofDays(4));

    PurgeReport report = purge();

    assertThat(report.purged()).containsExactly(due.get(0), due.get(2));
    assertThat(report.failed()).containsExactly(due.get(1));
    clock.move(Duration.ofHours(1));
    assertThat(purge().purged()).containsExactly(due.get(1));
  }

  private void breakConnections(UUID deletion, int times) {
    sql.execute(
        """
        create sequence breaks;
        create function break() returns trigger language plpgsql as $$ begin
          if old.deletion_id = '%s' and nextval('breaks') <= %d then
            perform pg_terminate_backend(pg_backend_pid()), pg_sleep(5);
          end if;
          return old; end $$;
        create trigger break before delete on lethe.archived_row for each row execute function break()
        """
            .formatted(deletion, times));
  }

  @Test
  void aDatabaseThatGoesAwayEndsThePurgeAndNothingIsSetAside() {
    List<UUID> due = List.of(delete(1, 1), delete(2, 2), delete(3, 3));
    clock.move(Duration.ofDays(4));
    AtomicInteger left = new AtomicInteger(2);
    DataSource going =
        new DelegatingDataSource(database) {
          @Override
          public Connection getConnection() throws SQLException {
            if (left.getAndDecrement() <= 0) {
              throw new SQLException("Connection refused", "08001");
            }
            return super.getConnection();
          }
        };
    Lethe through = Lethe.builder(going).decisions(lethe.decisions()).clock(clock).build();

    assertThatThrownBy(() -> through.purger().run(PurgeLimits.NONE, "tester"))
        .isInstanceOf(LetheException.class)
        .hasMessageContaining("no connection to the database");
    assertThat(sql.queryForObject("select sum(attempts) from lethe.deletion", Long.class)).isZero();
    assertThat(purge().purged()).as("goes on where it ended").containsExactly(due.get(2));
  }

  @Test
  void aClockThatGoesBackAndForthDoesNoHarm() {
    clock.move(Duration.ofDays(400));
    UUID ahead = delete(1, 10);
    clock.move(Duration.ofDays(-400));
    UUID then = delete(2, 10);
    clock.move(Duration.ofDays(-30));
    UUID behind = delete(3, 10);
    assertThat(purge().purged()).isEmpty();

    clock.move(Duration.ofDays(15));
    assertThat(purge().purged()).as("its own ten days are over").containsExactly(behind);
    lethe.trash().restore(ahead, TESTER);
    UUID hold = lethe.trash().hold(then, clock.instant().plus(Duration.ofDays(1)), TESTER);
    clock.move(Duration.ofDays(40));
    assertThat(purge().purged()).as("a hold that ended, too").containsExactly(then);
    clock.move(Duration.ofDays(-500));
    assertThat(purge().purged()).isEmpty();
    assertThat(lethe.trash().list(Deletion.State.IN_TRASH, 9)).isEmpty();
    assertThat(sql.queryForList("select id from item where id < 4", Integer.class))
        .containsExactly(1);
    assertThat(lethe.verifyAudit()).isEmpty();
    assertThat(hold).isNotNull();
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
