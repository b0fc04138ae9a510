package org.lethe.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.policy.Rule;
import org.lethe.schema.TableId;
import org.lethe.trash.By;

/** What ran is listed page by page, and counted by the day. */
class HistoryTest {

  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);

  private static final String RULES =
      """
      rules:
        old: { table: note, older_than: { written: P30D }, every: P1D, action: delete }
        marked: { table: note, where: "binned", older_than: { written: P1D }, every: P1D, action: soft_delete }
        slow: { table: note, where: "pg_sleep(0.2)::text = ''", older_than: { written: P1D }, every: P1D, action: delete }
      """;

  private final RuleFixture notes =
      new RuleFixture(
          "create table note (note_id int primary key, written timestamptz, binned boolean not null)");
  private final Lethe lethe = notes.lethe(RULES);

  private static final String INSERT =
      "insert into note select n, %s::timestamptz - interval '%s', %s from generate_series(%d, %d) n";

  private void insert(int from, int to, String age, boolean binned) {
    notes.execute(INSERT.formatted("'" + notes.clock().instant() + "'", age, binned, from, to));
  }

  private void run(String rule) {
    RoundReport report = lethe.rules().run(List.of(rule(rule)), RuleLimits.NONE, "tester");
    assertThat(report.rules().get(0).outcome()).isEqualTo(RuleReport.Outcome.FINISHED);
  }

  private Rule rule(String name) {
    return lethe.decisions().rules().stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void runsAreCountedOnTheDayOnWhichTheyBegan() {
    insert(1, 5, "31 days", false);
    run("old");
    insert(6, 7, "31 days", false);
    run("old");
    insert(8, 8, "2 days", true);
    run("marked");
    notes.clock().move(Duration.ofDays(1));
    insert(9, 10, "31 days", false);
    run("old");

    RuleRunner rules = lethe.rules();
    assertThat(rules.perDay("old", RuleFixture.START))
        .containsEntry(FIRST, 7L)
        .containsEntry(FIRST.plusDays(1), 2L)
        .hasSize(2);
    assertThat(rules.perDay("marked", RuleFixture.START)).containsOnlyKeys(FIRST);
    assertThat(rules.perDay(null, RuleFixture.START))
        .as("what only went to the trash is not gone")
        .containsEntry(FIRST, 7L);
    assertThat(rules.perDay("old", notes.clock().instant())).containsOnlyKeys(FIRST.plusDays(1));
    List<RuleRun> latest = rules.history("old", 2);
    assertThat(latest).extracting(r -> r.counts().total()).containsExactly(2L, 2L);
    assertThat(rules.history("old", latest.get(1).number(), 9))
        .singleElement()
        .satisfies(r -> assertThat(r.counts().total()).isEqualTo(5));
  }

  @Test
  void purgesAreListedAndTheirRowsCountedOnTheDayTheyWent() {
    insert(1, 3, "1 day", false);
    TableId note = lethe.catalog().find("note").orElseThrow();
    lethe.trash().delete(new Roots.Where(note, "true"), Period.ofDays(1), new By("ada", null));
    lethe.purger().run(PurgeLimits.NONE, "first");
    notes.clock().move(Duration.ofDays(2));
    lethe.purger().run(PurgeLimits.NONE, "second");

    assertThat(lethe.purger().perDay(RuleFixture.START))
        .containsExactly(Map.entry(FIRST.plusDays(2), 3L));
    List<PurgeRun> runs = lethe.purger().history(null, 9);
    assertThat(runs).extracting(PurgeRun::actor).containsExactly("second", "first");
    assertThat(runs).extracting(PurgeRun::rows).containsExactly(3L, 0L);
    assertThat(lethe.purger().history(runs.get(0).number(), 9)).containsExactly(runs.get(1));
  }

  @Test
  void countingEndsWhereItWouldTakeTooLong() {
    insert(1, 40, "2 days", true);

    assertThat(lethe.rules().count(rule("slow"), Duration.ofSeconds(1))).isEmpty();
    assertThat(lethe.rules().count(rule("marked"), Duration.ofSeconds(20)))
        .isEqualTo(OptionalLong.of(40));
  }
}
