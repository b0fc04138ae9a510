package org.lethe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.error.LetheException;
import org.lethe.policy.PolicyReader;
import org.lethe.policy.Schedule;
import org.lethe.retention.PurgeLimits;
import org.lethe.retention.PurgeReport;
import org.lethe.retention.RuleReport;
import org.lethe.schema.TableId;
import org.lethe.subject.request.Request;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.By;
import org.lethe.trash.Deletion;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Several schedulers over one database: who runs what, and when. */
class RetentionSchedulerTest {

  private static final Duration QUICK = Duration.ofMillis(200);
  private static final Schedule SECOND = Schedule.parse("PT1S");

  private final PGSimpleDataSource database = PostgresServer.shared().createDatabase();
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final Heard heard = new Heard();

  /** All that schedulers told. */
  private static final class Heard implements TaskListener {
    private final Collection<RuleReport> rules = new ConcurrentLinkedQueue<>();
    private final Collection<PurgeReport> purges = new ConcurrentLinkedQueue<>();
    private final Collection<Boolean> reach = new ConcurrentLinkedQueue<>();

    @Override
    public void ran(RuleReport report) {
      rules.add(report);
    }

    @Override
    public void purged(PurgeReport report) {
      purges.add(report);
    }

    @Override
    public void ran(Request request) {}

    @Override
    public void failed(String task, LetheException why) {}

    @Override
    public void reachable(boolean there) {
      reach.add(there);
    }

    List<UUID> purged() {
      return purges.stream().flatMap(p -> p.purged().stream()).toList();
    }

    long deleted() {
      return rules.stream().mapToLong(r -> r.counts().total()).sum();
    }
  }

  RetentionSchedulerTest() {
    PostgresServer.execute(
        database,
        """
        create table item (id int primary key, at timestamptz not null default '2020-01-01Z');
        create table part (item_id int references item on delete cascade, n int);
        insert into item select generate_series(1, 60);
        insert into part select id, n from item, generate_series(1, 3) as n;
        """);
    LedgerSchema.migrate(database);
  }

  private Lethe lethe(String every) {
    String policy =
        "version: 1\nrules:\n  old: { table: item, older_than: { at: P1Y }, every: %s, action: delete }\n"
            .formatted(every);
    return Lethe.of(database, PolicyReader.read("test", policy));
  }

  private RetentionScheduler.Builder builder(Lethe lethe) {
    return lethe.scheduler().polling(QUICK).heartbeat(Duration.ofSeconds(1)).listener(heard);
  }

  private RetentionScheduler purging() {
    return builder(Lethe.builder(database).build())
        .purge(SECOND, new PurgeLimits(5, 1000, Duration.ofMinutes(1), Long.MAX_VALUE))
        .build();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1200 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).as("came true within a minute").isTrue();
  }

  private List<UUID> trash(int items) {
    Clock longAgo = Clock.fixed(Instant.now().minus(Duration.ofDays(90)), ZoneOffset.UTC);
    Lethe then = Lethe.builder(database).clock(longAgo).build();
    List<UUID> ids = new ArrayList<>();
    for (int i = 1; i <= items; i++) {
      Roots roots =
          new Roots.Keys(new TableId("public", "item"), List.of(List.of(Integer.toString(i))));
      ids.add(then.trash().delete(roots, Period.ofDays(30), new By("tester", null)).deletion());
    }
    return ids;
  }

  private long number(String query) {
    Long number = sql.queryForObject(query, Long.class);
    return number == null ? -1 : number;
  }

  @Test
  void threeShareThePurgeWithoutDoubleWorkAndAPoisonedDeletionDelaysNobody() throws Exception {
    List<UUID> due = trash(40);
    sql.execute(
        """
        create function refuse() returns trigger language plpgsql as $$ begin
          if old.deletion_id = '%s' then raise 'not this one'; end if; return old; end $$;
        create trigger refuse before delete on lethe.archived_row
          for each row execute function refuse()
        """
            .formatted(due.get(0)));
    try (RetentionScheduler a = purging();
        RetentionScheduler b = purging();
        RetentionScheduler c = purging()) {
      a.start();
      b.start();
      c.start();
      await(() -> heard.purged().size() >= 39);
    }

    assertThat(heard.purged())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(due.subList(1, 40));
    Lethe lethe = Lethe.builder(database).build();
    assertThat(lethe.trash().list(Deletion.State.IN_TRASH, 9))
        .singleElement()
        .extracting(Deletion::failure)
        .asString()
        .contains("not this one");
    assertThat(number("select sum(purged) from lethe.purge_run")).isEqualTo(39);
  }

  @Test
  void whatIsDueRunsOnceWhoeverServes() throws Exception {
    Lethe lethe = lethe("P1D");
    try (RetentionScheduler a = builder(lethe).build();
        RetentionScheduler b = builder(lethe).build()) {
      a.start();
      b.start();
      await(() -> heard.deleted() > 0);
      Thread.sleep(1500);
    }
    assertThat(heard.rules).hasSize(1);
    assertThat(heard.deleted()).isEqualTo(240);

    try (RetentionScheduler again = builder(lethe).build()) {
      again.start();
      Thread.sleep(1500);
    }
    assertThat(heard.rules).as("not due again before tomorrow").hasSize(1);

    try (RetentionScheduler changed = builder(lethe("every 1 second")).build()) {
      changed.start();
      await(() -> heard.rules.size() >= 3);
    }
    assertThat(lethe.timetable().entries())
        .extracting(Timetable.Entry::task)
        .containsExactly("rule old");
  }

  @Test
  void whatWasDueWhileNobodyServedRunsAtOnce() throws Exception {
    Lethe lethe = lethe("\"30 3 1 1 *\"");
    try (RetentionScheduler first = builder(lethe).build()) {
      first.start();
      Thread.sleep(1000);
    }
    assertThat(heard.rules).as("comes in January").isEmpty();
    sql.update(
        "update lethe.scheduled_tasks set execution_time = ?",
        Timestamp.from(Instant.now().minus(Duration.ofDays(2))));
    try (RetentionScheduler second = builder(lethe).build()) {
      second.start();
      await(() -> heard.deleted() == 240);
    }
    assertThat(heard.rules).hasSize(1);
    assertThat(lethe.timetable().entries().get(0).next()).isAfter(Instant.now());
  }

  @Test
  void aDeadProcessIsTakenOver() throws Exception {
    Lethe lethe = lethe("P1D");
    try (RetentionScheduler first = builder(lethe).build()) {
      first.start();
      await(() -> heard.deleted() == 240);
    }
    sql.update(
        """
        update lethe.scheduled_tasks
           set picked = true, picked_by = 'a ghost', execution_time = now() - interval '1 minute',
               last_heartbeat = now() - interval '1 minute'
        """);
    sql.update("insert into item select generate_series(100, 109)");
    try (RetentionScheduler second = builder(lethe).build()) {
      second.start();
      await(() -> heard.deleted() == 250);
    }
  }

  @Test
  void goesOnWhenTheDatabaseIsBack() throws Exception {
    Lethe lethe = lethe("PT1S");
    String name = String.valueOf(database.getDatabaseName());
    JdbcTemplate outside = new JdbcTemplate(PostgresServer.shared().dataSource("postgres"));
    try (RetentionScheduler scheduler = builder(lethe).build()) {
      scheduler.start();
      await(() -> heard.deleted() == 240);
      outside.execute("alter database " + name + " allow_connections false");
      outside.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = ?",
          rs -> {},
          name);
      await(() -> heard.reach.contains(false));
      outside.execute("alter database " + name + " allow_connections true");
      sql.update("insert into item select generate_series(100, 109)");
      await(() -> heard.deleted() == 250);
    }
  }
}
