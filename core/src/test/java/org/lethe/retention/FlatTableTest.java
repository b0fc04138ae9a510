package org.lethe.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.Lethe;
import org.lethe.schema.TableId;

/** Tables that nothing hangs on: deleted from straight away, in chunks. */
class FlatTableTest {

  private static final String EVENTS =
      """
      create table events (
        id bigint primary key, created_at timestamptz not null, kind int not null, payload text not null);
      insert into events
        select g, timestamptz '2026-03-01 12:00Z' - (%1$d - g) * interval '1 minute', g %% 7, repeat('x', 60)
          from generate_series(1, %1$d) g;
      create index events_created_at on events (created_at);
      analyze events;
      """;

  private static final String HALF =
      "rules:\n  old: { table: events, older_than: { created_at: %s }, every: P1D, action: delete }\n";

  @ParameterizedTest
  @ValueSource(strings = {"PT50000M", "PT99500M"})
  void manyByPageAndFewByIndex(String age) {
    RuleFixture database = new RuleFixture(EVENTS.formatted(100_000));
    long due =
        database.number(
            "select count(*) from events where created_at <= timestamptz '2026-03-01 12:00Z' - interval '%s'"
                .formatted(age));

    RuleReport report = database.runOne(HALF.formatted(age));

    assertThat(report.outcome()).isEqualTo(RuleReport.Outcome.FINISHED);
    assertThat(report.counts().total()).isEqualTo(due).isPositive();
    assertThat(database.number("select count(*) from events")).isEqualTo(100_000 - due);
    assertThat(database.number("select count(distinct xmin::text) from lethe.rule_run")).isOne();
  }

  @Test
  void partitionsAndWhatNeverWasAnalysed() {
    RuleFixture database =
        new RuleFixture(
            """
            create table events (id int, created_at timestamptz) partition by range (id);
            create table events_0 partition of events for values from (0) to (5000);
            create table events_1 partition of events for values from (5000) to (50000);
            insert into events select g, '2020-01-01Z' from generate_series(0, 29999) g;
            """);

    RuleReport report = database.runOne(HALF.formatted("P1Y"));

    assertThat(report.counts().deleted())
        .containsOnlyKeys(new TableId("public", "events"))
        .containsValue(30_000L);
  }

  @Test
  void onlyWhatNothingHangsOnIsFlat() {
    RuleFixture database =
        new RuleFixture(
            """
            create table flat (id int primary key);
            create table parent (id int primary key);
            create table child (id int references parent);
            create table watched (id int primary key);
            create table linked (id int primary key);
            create function f() returns trigger language plpgsql as $$ begin return old; end $$;
            create trigger t after delete on watched for each row execute function f();
            """);
    Lethe lethe =
        database.lethe("links: [ { from: flat.id, to: linked.id, on_delete: cascade } ]\n");

    assertThat(List.of("flat", "parent", "child", "watched", "linked"))
        .filteredOn(t -> FlatTable.fits(lethe.decisions(), new TableId("public", t)))
        .containsExactly("flat", "child");
  }

  @Test
  void writersAreNotHarmedAndWhatTheyRescueStays() {
    RuleFixture database = new RuleFixture(EVENTS.formatted(200_000));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> writer =
        CompletableFuture.supplyAsync(
            () -> {
              int n = 0;
              while (!done.get()) {
                n++;
                database.execute(
                    "update events set created_at = '2026-03-01 12:00Z', kind = 99 where id in (%d, %d);"
                            .formatted(n * 100, 200_000 - n * 100)
                        + "insert into events values (%d, '2026-03-01 12:00Z', 98, 'new')"
                            .formatted(1_000_000 + n));
              }
              return n;
            });

    RuleReport report = database.runOne(HALF.formatted("PT50000M"));
    done.set(true);
    int turns = writer.join();

    assertThat(turns).isPositive();
    assertThat(report.outcome()).isEqualTo(RuleReport.Outcome.FINISHED);
    assertThat(database.number("select count(*) from events where kind = 98")).isEqualTo(turns);
    assertThat(
            database.number(
                "select count(*) from events where created_at <= timestamptz '2026-03-01 12:00Z' - interval '50000 minutes'"))
        .isZero();
    assertThat(
            database.number("select count(*) from events where kind <> 98")
                + report.counts().total())
        .isEqualTo(200_000);
  }

  /** A million of two million rows, beside one plain DELETE; {@code -Dlethe.bench=true} runs it. */
  @Test
  @EnabledIfSystemProperty(named = "lethe.bench", matches = "true")
  void closeToThePlainDelete() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      RuleFixture plain = new RuleFixture(EVENTS.formatted(2_000_000) + ";checkpoint");
      long start = System.nanoTime();
      plain.execute(
          "delete from events where created_at <= timestamptz '2026-03-01 12:00Z' - interval '1000000 minutes'");
      Duration one = Duration.ofNanos(System.nanoTime() - start);
      plain.execute("drop table events");
      RuleFixture chunked = new RuleFixture(EVENTS.formatted(2_000_000) + ";checkpoint");
      Lethe lethe = chunked.lethe(HALF.formatted("PT1000000M"));
      start = System.nanoTime();
      RoundReport report = lethe.rules().run(lethe.decisions().rules(), RuleLimits.NONE, "tester");
      Duration ours = Duration.ofNanos(System.nanoTime() - start);
      chunked.execute("drop table events");
      assertThat(report.total().total()).isBetween(999_999L, 1_000_001L);
      ratios.add((double) one.toNanos() / ours.toNanos());
      System.out.printf("plain %s, in chunks %s, ratio %.2f%n", one, ours, ratios.get(i));
    }
    assertThat(ratios.stream().sorted().skip(1).findFirst().orElse(0.0)).isGreaterThan(0.65);
  }
}
