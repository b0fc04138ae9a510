package org.lethe.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.collect.RowNotFoundException;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.TableId;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.By;
import org.lethe.trash.Deletion;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Two at once, again and again: one wins, or both one after the other; nothing is ever lost. */
class PurgeRaceTest {

  private static final By TESTER = new By("tester", "because");
  private static final Duration JITTER = Duration.ofMillis(3);

  private final Hands clock = new Hands(Instant.parse("2026-03-01T12:00:00Z"));
  private final PGSimpleDataSource database = PostgresServer.shared().createDatabase();
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final List<SingleConnectionDataSource> connections = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Lethe one = create();
  private final Lethe other = client();

  private Lethe create() {
    PostgresServer.execute(
        database,
        """
        create table shelf (id int primary key);
        create table item (id int primary key, shelf_id int references shelf);
        create table part (item_id int references item, n int);
        create index on item (shelf_id);
        create index on part (item_id);
        insert into shelf select generate_series(1, 1000);
        insert into item select id, id from shelf;
        insert into part select id, n from item, generate_series(1, 3) as n;
        """);
    LedgerSchema.migrate(database);
    return client();
  }

  /** With a connection of its own: making one takes longer than all else here. */
  private Lethe client() {
    try {
      SingleConnectionDataSource connection =
          new SingleConnectionDataSource(database.getConnection(), true);
      connections.add(connection);
      String policy = "version: 1\nrelations:\n  item.shelf_id: cascade\n  part.item_id: cascade\n";
      return Lethe.builder(connection)
          .policy(PolicyReader.read("test", policy))
          .clock(clock)
          .build();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    connections.forEach(SingleConnectionDataSource::destroy);
  }

  private interface Act {
    /** Whether it was done. */
    boolean done();
  }

  private record Outcome(boolean first, boolean second) {}

  /** Both at the same moment, more or less. */
  private Outcome race(Act first, Act second) throws InterruptedException, ExecutionException {
    CyclicBarrier together = new CyclicBarrier(2);
    long jitter = ThreadLocalRandom.current().nextLong(-JITTER.toNanos(), JITTER.toNanos());
    Future<Boolean> a = threads.submit(() -> after(together, jitter, first));
    Future<Boolean> b = threads.submit(() -> after(together, -jitter, second));
    return new Outcome(a.get(), b.get());
  }

  private static boolean after(CyclicBarrier together, long nanos, Act act) throws Exception {
    together.await();
    LockSupport.parkNanos(nanos);
    return act.done();
  }

  /** Whether somebody else was quicker. */
  private static boolean succeeds(Runnable act) {
    try {
      act.run();
      return true;
    } catch (InputException settled) {
      assertThat(settled).hasMessageMatching("deletion .* was already (restored|purged)");
      return false;
    }
  }

  @Test
  void ofRestoreAndPurgeOneWins() throws Exception {
    Set<Integer> back = new TreeSet<>();
    for (int i = 1; i <= 1000; i++) {
      UUID id = delete("item", i);
      clock.move(Duration.ofDays(2));

      Outcome outcome =
          race(
              () -> succeeds(() -> one.trash().restore(id, TESTER)),
              () -> purge(other).contains(id));

      assertThat(outcome.first()).as("never both, never neither").isNotEqualTo(outcome.second());
      if (outcome.first()) {
        back.add(i);
      }
    }
    assertThat(back).as("each wins now and then").hasSizeBetween(1, 999);
    assertThat(numbers("select id from item order by id")).containsExactlyElementsOf(back);
    assertThat(numbers("select item_id from part group by 1 having count(*) = 3 order by 1"))
        .containsExactlyElementsOf(back);
    assertThat(one.trash().list(Deletion.State.RESTORED, 2000)).hasSameSizeAs(back);
    assertThat(one.trash().list(Deletion.State.IN_TRASH, 2000)).isEmpty();
    assertThat(numbers("select count(*) from lethe.archived_row")).containsExactly(0);
    assertThat(numbers("select count(*) from lethe.audit")).containsExactly(2000);
    assertThat(one.verifyAudit()).isEmpty();
  }

  @Test
  void ofTwoRestoresOneWins() throws Exception {
    for (int i = 1; i <= 100; i++) {
      UUID id = delete("item", i);

      Outcome outcome =
          race(
              () -> succeeds(() -> one.trash().restore(id, TESTER)),
              () -> succeeds(() -> other.trash().restore(id, TESTER)));

      assertThat(outcome.first()).isNotEqualTo(outcome.second());
    }
    assertThat(numbers("select count(*) from part")).containsExactly(3000);
  }

  @Test
  void whatIsOnHoldIsNotPurged() throws Exception {
    // With so many due, a look at them takes a while; meanwhile a hold may come and be done.
    sql.update(
        """
        insert into lethe.deletion (deletion_id, deleted_at, root_table, actor, policy_hash, catalog_hash,
                                    plan_hash, counts, keep_until)
        select gen_random_uuid(), '2026-02-01', 'item', 'tester', '', '', '', '{}', '2026-06-01'
          from generate_series(1, 2000)
        """);
    int held = 0;
    for (int i = 1; i <= 100; i++) {
      UUID id = delete("item", i);
      clock.move(Duration.ofDays(200));

      Outcome outcome =
          race(
              () -> succeeds(() -> one.trash().hold(id, null, TESTER)),
              () ->
                  other
                      .purger()
                      .run(new PurgeLimits(1, 100, Duration.ofMinutes(1), 1_000_000), "tester")
                      .purged()
                      .contains(id));

      assertThat(outcome.first()).as("never both, never neither").isNotEqualTo(outcome.second());
      held += outcome.first() ? 1 : 0;
      clock.move(Duration.ofDays(-200));
    }
    assertThat(held).isBetween(1, 99);
    assertThat(one.trash().holds()).hasSize(held);
  }

  @Test
  void aParentThatGoesWhileItsChildComesBackTakesItAlongOrKeepsItInTheTrash() throws Exception {
    for (int i = 1; i <= 100; i++) {
      int shelf = i;
      UUID id = delete("item", i);

      Outcome outcome = race(() -> restores(one, id), () -> deletes(other, "shelf", shelf));

      assertThat(outcome.second()).isTrue();
      assertThat(numbers("select count(*) from item where id = " + i)).containsExactly(0);
      assertThat(copiesInTrash(i)).as("copies of item %d in the trash", i).isEqualTo(1);
    }
    for (Deletion d : one.trash().list(Deletion.State.IN_TRASH, 2000)) {
      if (d.rootTable().equals("shelf")) {
        one.trash().restore(d.id(), TESTER);
      }
    }
    one.trash()
        .list(Deletion.State.IN_TRASH, 2000)
        .forEach(d -> one.trash().restore(d.id(), TESTER));
    assertThat(numbers("select count(*) from item")).containsExactly(1000);
    assertThat(numbers("select count(*) from part")).containsExactly(3000);
    assertThat(one.verifyAudit()).isEmpty();
  }

  @Test
  void aChildThatComesBackWhileItsParentDoesComesAfterItOrStays() throws Exception {
    for (int i = 1; i <= 100; i++) {
      UUID item = delete("item", i);
      UUID shelf = delete("shelf", i);

      Outcome outcome = race(() -> restores(one, item), () -> restores(other, shelf));

      assertThat(outcome.second()).isTrue();
      assertThat(copiesInTrash(i)).isEqualTo(outcome.first() ? 0 : 1);
      assertThat(numbers("select count(*) from item where id = " + i))
          .containsExactly(outcome.first() ? 1 : 0);
    }
    assertThat(numbers("select count(*) from shelf")).containsExactly(1000);
  }

  @Test
  void ofTwoDeletionsOfOneRowOneTakesIt() throws Exception {
    for (int i = 1; i <= 100; i++) {
      int item = i;

      Outcome outcome = race(() -> deletes(one, "item", item), () -> deletes(other, "shelf", item));

      assertThat(outcome.second()).isTrue();
      assertThat(copiesInTrash(i)).isEqualTo(1);
    }
  }

  private int copiesInTrash(int item) {
    return numbers(
            """
            select count(*) from lethe.archived_row join lethe.archived_table using (deletion_id, position)
             where table_name = 'item' and image[1] = '%d'
            """
                .formatted(item))
        .get(0);
  }

  /** A restore may be refused, as a parent is not there; nothing else may happen to it. */
  private static boolean restores(Lethe lethe, UUID id) {
    try {
      lethe.trash().restore(id, TESTER);
      return true;
    } catch (LetheException refused) {
      assertThat(refused).hasMessageContaining("nothing was changed");
      return false;
    }
  }

  private static boolean deletes(Lethe lethe, String table, int id) {
    try {
      return delete(lethe, table, id) != null;
    } catch (RowNotFoundException gone) {
      return false;
    }
  }

  private UUID delete(String table, int id) {
    return delete(one, table, id);
  }

  private static UUID delete(Lethe lethe, String table, int id) {
    Roots roots =
        new Roots.Keys(new TableId("public", table), List.of(List.of(Integer.toString(id))));
    return Objects.requireNonNull(lethe.trash().delete(roots, Period.ofDays(1), TESTER).deletion());
  }

  private static List<UUID> purge(Lethe lethe) {
    return lethe.purger().run(PurgeLimits.NONE, "tester").purged();
  }

  private List<Integer> numbers(String query) {
    return sql.queryForList(query, Integer.class);
  }
}
