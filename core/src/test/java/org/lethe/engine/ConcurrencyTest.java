package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.engine.TestDatabase.deleted;
import static org.lethe.engine.TestDatabase.rows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.Lethe;
import org.lethe.collect.Counts;
import org.lethe.collect.Roots;
import org.lethe.collect.RowNotFoundException;
import org.lethe.execute.DeletionReport;
import org.lethe.policy.Decisions;
import org.lethe.schema.TableId;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removals while others write: several sessions insert and move children under the very rows that
 * go. How long is set by {@code -Dlethe.test.seconds}; a minute where {@code CI=true}.
 */
class ConcurrencyTest {

  private static final Logger LOG = LoggerFactory.getLogger(ConcurrencyTest.class);

  private static final int SECONDS =
      Integer.getInteger("lethe.test.seconds", Boolean.parseBoolean(System.getenv("CI")) ? 60 : 10);

  private static final int WRITERS = 4;
  private static final int DELETERS = 2;

  /** {@code %1$s} is the rule of the keys that cascade, {@code %2$s} that of those set to null. */
  private static final String FORUM =
      """
      create table account (id bigint generated always as identity primary key);
      create table post (
        id bigint generated always as identity primary key,
        account bigint not null references account %1$s,
        editor bigint references account %2$s);
      create table comment (
        id bigint generated always as identity primary key,
        post bigint not null references post %1$s,
        answers bigint references comment %1$s);
      create table follow (
        id bigint generated always as identity primary key,
        account bigint references account %2$s);
      create index on post (account);
      create index on post (editor);
      create index on comment (post);
      create index on comment (answers);
      create index on follow (account);
      insert into account select from generate_series(1, 50);
      """;

  /** Whoever deletes signs what went, row by row, under the name of the removal. */
  private static final String WITNESS =
      """
      create table gone (removal text, what text);
      create function sign() returns trigger language plpgsql as $$ begin
        if tg_op = 'DELETE' then
          insert into gone values (current_setting('application_name'), tg_table_name);
        elsif current_setting('application_name') like 'removal%' then
          insert into gone values (current_setting('application_name'), tg_argv[0]);
        end if;
        return null;
      end $$;
      create trigger sign after delete on account for each row execute function sign();
      create trigger sign after delete on post for each row execute function sign();
      create trigger sign after delete on comment for each row execute function sign();
      create trigger sign_update after update of editor on post
        for each row execute function sign('post.editor');
      create trigger sign_update after update of account on follow
        for each row execute function sign('follow.account');
      """;

  private static final List<String> ORPHANS =
      List.of(
          "select count(*) from post where account not in (select id from account)",
          "select count(*) from post where editor not in (select id from account)",
          "select count(*) from comment where post not in (select id from post)",
          "select count(*) from comment where answers not in (select id from comment)",
          "select count(*) from follow where account not in (select id from account)");

  @Test
  void writersAndCollectedRemovals() throws Exception {
    TestDatabase database = TestDatabase.with(FORUM.formatted("", ""));
    database.run(WITNESS);
    Lethe lethe =
        database.lethe(
            "post.account: cascade",
            "post.editor: set_null",
            "comment.post: cascade",
            "comment.answers: cascade",
            "follow.account: set_null");

    Outcome outcome = new Storm(database, lethe.decisions(), SECONDS).rage();

    outcome
        .reports()
        .forEach(
            (removal, report) -> {
              Map<String, Long> said = new TreeMap<>(deleted(lethe, report));
              said.putAll(report.counts().updated());
              assertThat(said).as(removal).isEqualTo(signed(database, removal));
            });
    check(database, outcome);
  }

  @Test
  void writersAndNativeCascades() throws Exception {
    TestDatabase database =
        TestDatabase.with(FORUM.formatted("on delete cascade", "on delete set null"));

    Decisions decisions = database.lethe().decisions();

    check(database, new Storm(database, decisions, Math.max(2, SECONDS / 3)).rage());
  }

  private static Map<String, Long> signed(TestDatabase database, String removal) {
    return database.numbers(
        "select what, count(*) from gone where removal = '%s' group by what".formatted(removal));
  }

  private static void check(TestDatabase database, Outcome outcome) {
    assertThat(outcome.failures()).isEmpty();
    for (String orphans : ORPHANS) {
      assertThat(database.number(orphans)).as(orphans).isZero();
    }
    Counts sum =
        outcome.reports().values().stream()
            .map(DeletionReport::counts)
            .reduce(Counts.NONE, Counts::plus);
    LOG.info(
        "{} removals of {} rows, {} rows updated; {} rows written, {} writes lost the race",
        outcome.reports().size(),
        sum.total(),
        sum.updated(),
        outcome.inserted(),
        outcome.lost());
    assertThat(outcome.lost()).as("writers that came too late").isPositive();
    for (String table : List.of("account", "post", "comment")) {
      long inserted = outcome.inserted().getOrDefault(table, 0L);
      long reported = sum.deleted().getOrDefault(new TableId("public", table), 0L);
      assertThat(reported).as(table).isPositive();
      assertThat(inserted - database.count(table)).as("removed of " + table).isEqualTo(reported);
    }
  }

  /**
   * What came of it.
   *
   * @param reports by name of the removal
   * @param failures of removals, except that a row was gone already
   * @param inserted rows committed by writers, the first accounts included, by table
   * @param lost how many writes failed because what they referred to was gone, or by deadlock
   */
  private record Outcome(
      Map<String, DeletionReport> reports,
      List<Throwable> failures,
      Map<String, Long> inserted,
      int lost) {}

  /** Writers and deleters at work on the same few accounts. */
  private static final class Storm {
    private final TestDatabase database;
    private final Decisions decisions;
    private final long end;
    private final Map<String, DeletionReport> reports =
        Collections.synchronizedMap(new TreeMap<>());
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Long> inserted = Collections.synchronizedMap(new TreeMap<>());
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger removals = new AtomicInteger();

    Storm(TestDatabase database, Decisions decisions, int seconds) {
      this.database = database;
      this.decisions = decisions;
      this.end = System.nanoTime() + seconds * 1_000_000_000L;
    }

    Outcome rage() throws Exception {
      inserted.put("account", database.count("account"));
      List<Background<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        all.add(
            Background.run(() -> untilTheEnd(new ForumWriter(database, inserted, lost)::write)));
      }
      for (int i = 0; i < DELETERS; i++) {
        all.add(Background.run(() -> untilTheEnd(this::delete)));
      }
      for (Background<Boolean> one : all) {
        one.result(SECONDS + 60L);
      }
      return new Outcome(reports, failures, inserted, lost.get());
    }

    private interface Work {
      void run() throws Exception;
    }

    private boolean untilTheEnd(Work work) throws Exception {
      while (System.nanoTime() < end) {
        work.run();
      }
      return true;
    }

    private void delete() {
      List<String> some =
          database.texts(
              "select id::text from account order by random() limit "
                  + ThreadLocalRandom.current().nextInt(1, 4));
      if (some.isEmpty()) {
        return;
      }
      String name = "removal-" + removals.incrementAndGet();
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(String.valueOf(database.source().getUrl()));
      source.setUser("postgres");
      source.setApplicationName(name);
      Lethe lethe = Lethe.builder(source).decisions(decisions).build();
      try {
        reports.put(name, lethe.delete(rows("account", some.toArray())));
      } catch (RowNotFoundException e) {
        // The other deleter was quicker.
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
  }

  /** Alone it may be made again from the start; in the caller's transaction it has one go. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aWriterThatHoldsOnForAWhileIsWaitedFor(boolean inTheCallersTransaction) throws Exception {
    TestDatabase database = TestDatabase.with(FORUM.formatted("", ""));
    database.run("insert into post (account) select 1 from generate_series(1, 5)");
    Lethe lethe =
        database.lethe(
            "post.account: cascade",
            "post.editor: set_null",
            "comment.post: cascade",
            "comment.answers: cascade",
            "follow.account: set_null");
    try (Blocking writer =
        Blocking.on(database, "insert into comment (post) select id from post where id = 3")) {
      Supplier<DeletionReport> work = () -> lethe.delete(rows("account", 1));
      Background<DeletionReport> delete =
          Background.run(
              () ->
                  inTheCallersTransaction
                      ? new TransactionTemplate(new JdbcTransactionManager(database.source()))
                          .execute(status -> work.get())
                      : work.get());
      writer.awaitWaiting();
      if (!inTheCallersTransaction) {
        // Each waits for the other now, so one has to start again.
        writer.run("insert into follow (account) values (1)");
      }
      assertThat(delete.running()).isTrue();
      writer.commit();

      DeletionReport report = delete.result();
      // What the writer added in the last moment is part of it.
      assertThat(deleted(lethe, report))
          .isEqualTo(Map.of("account", 1L, "post", 5L, "comment", 1L));
      assertThat(report.counts().updated())
          .isEqualTo(inTheCallersTransaction ? Map.of() : Map.of("follow.account", 1L));
    }
    ORPHANS.forEach(sql -> assertThat(database.number(sql)).isZero());
  }

  @Test
  void twoDeletesOfOverlappingRootsShareTheWork() throws Exception {
    TestDatabase database = TestDatabase.with(FORUM.formatted("", ""));
    Lethe lethe =
        database.lethe(
            "post.account: cascade",
            "post.editor: set_null",
            "comment.post: cascade",
            "comment.answers: cascade",
            "follow.account: set_null");
    TableId account = new TableId("public", "account");
    for (int round = 0; round < 15; round++) {
      database.run(
          """
          truncate account, post, comment, follow restart identity;
          insert into account select from generate_series(1, 60);
          insert into post (account, editor) select 1 + i % 60, 1 + i * 7 % 60
            from generate_series(1, 600) i;
          insert into comment (post, answers) select 1 + i % 600, nullif(i / 2, 0)
            from generate_series(1, 1200) i;
          """);
      Supplier<Roots> low = () -> new Roots.Where(account, "id <= 40");
      Supplier<Roots> high = () -> new Roots.Where(account, "id > 20 and id < 60");
      Background<DeletionReport> first = Background.run(() -> lethe.delete(low.get()));
      Background<DeletionReport> second = Background.run(() -> lethe.delete(high.get()));

      Counts both = first.result().plus(second.result()).counts();

      assertThat(database.texts("select id::text from account")).containsExactly("60");
      assertThat(both.deleted())
          .isEqualTo(
              Map.of(
                  account,
                  59L,
                  new TableId("public", "post"),
                  600 - database.count("post"),
                  new TableId("public", "comment"),
                  1200 - database.count("comment")));
      ORPHANS.forEach(sql -> assertThat(database.number(sql)).isZero());
    }
  }

  @Test
  void twoDeletesOfTheSameKeyAreOneAndAClearAnswer() throws Exception {
    for (String rule : List.of("", "on delete cascade")) {
      TestDatabase database = TestDatabase.with(FORUM.formatted(rule, "on delete set null"));
      database.run("insert into post (account) select 1 from generate_series(1, 5)");
      Lethe lethe =
          database.lethe(
              "post.account: cascade", "comment.post: cascade", "comment.answers: cascade");
      try (Blocking holder = Blocking.on(database, "select from account where id = 1 for update")) {
        Background<DeletionReport> first = Background.run(() -> lethe.delete(rows("account", 1)));
        Background<DeletionReport> second = Background.run(() -> lethe.delete(rows("account", 1)));
        holder.awaitWaiting(2);
        holder.commit();

        List<Object> ends = new ArrayList<>();
        for (Background<DeletionReport> one : List.of(first, second)) {
          ends.add(one.end());
        }
        assertThat(ends).as(rule).hasAtLeastOneElementOfType(RowNotFoundException.class);
        assertThat(ends)
            .filteredOn(DeletionReport.class::isInstance)
            .extracting(r -> ((DeletionReport) r).total())
            .containsExactly(6L);
      }
      assertThat(database.count("post")).isZero();
    }
  }
}
