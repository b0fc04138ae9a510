package org.lethe.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.execute.Claim;
import org.lethe.schema.TableId;
import org.lethe.trash.By;
import org.lethe.trash.Deletion;

/** What rules find, what they do to it, and what is written down. */
class RuleRunnerTest {

  private static final String SHOP =
      """
      create table account (
        account_id int primary key, active boolean, last_login timestamptz, since date,
        gone_at timestamp, gone_why text);
      create table post (post_id int primary key, account_id int not null references account);
      create table team (team_id int primary key, lead_id int not null references account);
      create index on post (account_id);
      create index on team (lead_id);
      """;

  private static final String DELETE =
      """
      relations:
        post.account_id: cascade
        team.lead_id: protect
      rules:
        old: { table: account, where: "account_id <> 0", older_than: { last_login: P2Y }, every: P1D, action: %s }
      """;

  private final RuleFixture shop = new RuleFixture(SHOP);

  private static Map<String, Long> byName(RuleReport report) {
    return report.counts().deleted().entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue));
  }

  @Test
  void deletesWhatIsOldWithAllThatHangsOnIt() {
    shop.execute(
        """
        insert into account (account_id, last_login) values
          (0, '2001-01-01Z'), (1, '2024-03-01 12:00:00Z'), (2, '2024-03-01 12:00:01Z'),
          (3, null), (4, 'infinity'), (5, '-infinity');
        insert into post select n, 1 from generate_series(1, 3) as n;
        """);

    RuleReport report = shop.runOne(DELETE.formatted("delete"));

    assertThat(report.outcome()).isEqualTo(RuleReport.Outcome.FINISHED);
    assertThat(byName(report))
        .containsExactlyInAnyOrderEntriesOf(Map.of("account", 2L, "post", 3L));
    assertThat(shop.texts("select account_id::text from account order by account_id"))
        .containsExactly("0", "2", "3", "4");
    assertThat(shop.texts("select action || ' ' || object || ' ' || actor from lethe.audit"))
        .containsExactly("rule_begin rule old tester", "rule_end rule old tester");
    assertThat(shop.lethe("").verifyAudit()).isEmpty();
  }

  @Test
  void aClockSetBackFindsNothingAndSetForwardFindsMore() {
    shop.execute("insert into account (account_id, last_login) values (1, '2024-06-01Z')");
    Lethe lethe = shop.lethe(DELETE.formatted("delete"));

    shop.clock().move(Duration.ofDays(-4000));
    assertThat(lethe.rules().count(RuleFixture.rule(lethe))).isZero();
    assertThat(shop.runOne(DELETE.formatted("delete")).counts().total()).isZero();
    shop.clock().move(Duration.ofDays(4000 + 92));
    assertThat(lethe.rules().count(RuleFixture.rule(lethe))).isEqualTo(1);
    assertThat(shop.runOne(DELETE.formatted("delete")).counts().total()).isEqualTo(1);
  }

  @Test
  void daysCountFromTheirEndAndTimesWithoutZoneAreInUtc() {
    shop.execute(
        """
        insert into account (account_id, since, gone_at) values
          (1, '2026-02-28', '2026-03-01 11:00:00'), (2, '2026-03-01', '2026-03-01 11:00:01'),
          (3, '2026-02-27', '2026-03-01 10:00:00');
        """);
    Lethe days = shop.lethe(rule("{ since: P1D }"));
    Lethe times = shop.lethe(rule("{ gone_at: PT1H }"));

    assertThat(days.rules().count(RuleFixture.rule(days))).as("the 28th is not over a day").isOne();
    assertThat(times.rules().count(RuleFixture.rule(times))).isEqualTo(2);
  }

  private static String rule(String olderThan) {
    return "rules:\n  r: { table: account, older_than: %s, every: P1D, action: delete }\n"
        .formatted(olderThan);
  }

  @Test
  void aBlockedRowIsSetAsideAndDoesNotHoldUpTheOthers() {
    shop.execute(
        """
        insert into account (account_id, last_login) select n, '2020-01-01Z' from generate_series(1, 500) n;
        insert into team values (1, 77), (2, 78), (3, 401);
        """);

    RuleReport report = shop.runOne(DELETE.formatted("delete"));

    assertThat(report.counts().total()).isEqualTo(497);
    assertThat(report.setAside()).isEqualTo(Map.of("blocked by team.lead_id (protect)", 3L));
    assertThat(shop.texts("select account_id::text from account order by account_id"))
        .containsExactlyInAnyOrder("77", "78", "401");
    assertThat(shop.runOne(DELETE.formatted("delete")).setAside()).as("they rest").isEmpty();

    shop.execute("delete from team where lead_id = 78");
    shop.clock().move(Duration.ofHours(2));
    RuleReport later = shop.runOne(DELETE.formatted("delete"));

    assertThat(later.counts().total()).isEqualTo(1);
    assertThat(later.rowsSetAside()).isEqualTo(2);
    assertThat(shop.number("select count(*) from lethe.rule_set_aside")).isEqualTo(2);
  }

  @Test
  void whatTheApplicationRefusesIsSetAsideWithoutItsWords() {
    shop.execute(
        """
        insert into account (account_id, last_login) select n, '2020-01-01Z' from generate_series(1, 9) n;
        create function refuse() returns trigger language plpgsql as $$ begin
          if old.account_id = 5 then raise 'not ada@example.org'; end if; return old; end $$;
        create trigger refuse before delete on account for each row execute function refuse()
        """);

    RuleReport report = shop.runOne(DELETE.formatted("delete"));

    assertThat(report.counts().total()).isEqualTo(8);
    assertThat(report.setAside()).isEqualTo(Map.of("refused by the database [P0001]", 1L));
    assertThat(shop.texts("select report::text from lethe.rule_run").toString())
        .doesNotContain("ada");
  }

  @Test
  void softDeletedRowsAreInTheTrash() {
    shop.execute(
        """
        insert into account (account_id, last_login) select n, '2020-01-01Z' from generate_series(1, 1500) n;
        insert into post select n, n from generate_series(1, 10) as n;
        """);

    RuleReport report = shop.runOne(DELETE.formatted("soft_delete"));
    Lethe lethe = shop.lethe("");

    assertThat(report.counts().total()).isEqualTo(1510);
    List<Deletion> deletions = lethe.trash().list(Deletion.State.IN_TRASH, 9);
    assertThat(deletions).hasSize(2).allMatch(d -> "rule old".equals(d.reason()));
    deletions.forEach(d -> lethe.trash().restore(d.id(), new By("tester", null)));
    assertThat(shop.number("select count(*) from account")).isEqualTo(1500);
  }

  @Test
  void deactivatesOnceAndLeavesTheInactiveAlone() {
    shop.execute(
        """
        insert into account (account_id, active, last_login, gone_why) values
          (1, true, '2020-01-01Z', null), (2, false, '2020-01-01Z', 'spam'), (3, null, '2020-01-01Z', null),
          (4, true, '2026-01-01Z', null);
        """);
    String policy =
        "accounts: { table: account, active: active, deactivated_at: gone_at, deactivated_why: gone_why }\n"
            + DELETE.formatted("deactivate");

    RuleReport report = shop.runOne(policy);

    assertThat(report.counts().updated()).isEqualTo(Map.of("account.active", 1L));
    assertThat(report.counts().total()).isZero();
    assertThat(
            shop.texts(
                "select concat_ws('|', account_id, active, gone_at, gone_why) from account order by 1"))
        .containsExactly("1|f|2026-03-01 12:00:00|rule old", "2|f|spam", "3", "4|t");
    assertThat(shop.runOne(policy).counts().updated()).isEmpty();
  }

  @Test
  void reportsOfARoundAddUp() {
    shop.execute(
        """
        insert into account (account_id, last_login, since) values (1, '2020-01-01Z', null), (2, null, '2020-01-01');
        insert into post values (1, 1), (2, 2);
        """);
    RoundReport round =
        shop.run(
            DELETE.formatted("delete")
                + "  older: { table: account, older_than: { since: P1Y }, every: P1D, action: delete }\n");

    assertThat(round.rules()).extracting(RuleReport::rule).containsExactly("old", "older");
    assertThat(round.total().counts().deleted())
        .isEqualTo(Map.of(new TableId("public", "account"), 2L, new TableId("public", "post"), 2L));
    List<RuleRun> runs = shop.lethe("").rules().history(null, 9);
    assertThat(runs).hasSize(2).allMatch(r -> r.state() == RuleRun.State.FINISHED);
    assertThat(runs.get(0).round()).isEqualTo(runs.get(1).round());
    assertThat(runs.get(0).counts().total()).isEqualTo(2);
  }

  @Test
  void limitsEndARunAndTheNextGoesOn() {
    shop.execute(
        "insert into account (account_id, last_login) select n, '2020-01-01Z' from generate_series(1, 2500) n");
    RuleLimits few = new RuleLimits(1200, Duration.ofMinutes(5), Long.MAX_VALUE, () -> false);

    RuleReport first = shop.run(DELETE.formatted("delete"), few).rules().get(0);
    RuleReport second = shop.runOne(DELETE.formatted("delete"));

    assertThat(first.outcome()).isEqualTo(RuleReport.Outcome.STOPPED);
    assertThat(first.counts().total()).isEqualTo(1200);
    assertThat(first.note()).contains("limit of rows");
    assertThat(second.counts().total()).isEqualTo(1300);
  }

  @Test
  void slowIsSlow() {
    shop.execute(
        "insert into account (account_id, last_login) select n, '2020-01-01Z' from generate_series(1, 300) n");
    RuleLimits slow = new RuleLimits(300, Duration.ofMinutes(5), 300, () -> false);

    long start = System.nanoTime();
    shop.run(DELETE.formatted("delete"), slow);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void aPausedRuleRestsAndStopsInTheMiddle() {
    shop.execute(
        "insert into account (account_id, last_login) select n, '2020-01-01Z' from generate_series(1, 2500) n");
    Lethe lethe = shop.lethe(DELETE.formatted("delete"));
    By ada = new By("ada", "the auditors are here");
    boolean[] asked = new boolean[1];
    RuleLimits pausing =
        RuleLimits.NONE.until(
            () -> {
              if (asked[0] || shop.number("select count(*) from account") == 2500) {
                return false;
              }
              asked[0] = true;
              lethe.pauses().pause("rule old", ada);
              return false;
            });

    RuleReport stopped = shop.run(DELETE.formatted("delete"), pausing).rules().get(0);
    RuleReport paused = shop.runOne(DELETE.formatted("delete"));
    lethe.pauses().resume("rule old", ada);
    RuleReport resumed = shop.runOne(DELETE.formatted("delete"));

    assertThat(stopped.outcome()).isEqualTo(RuleReport.Outcome.STOPPED);
    assertThat(stopped.counts().total()).isEqualTo(1000);
    assertThat(paused.outcome()).isEqualTo(RuleReport.Outcome.PAUSED);
    assertThat(resumed.counts().total()).isEqualTo(1500);
    assertThat(shop.texts("select action from lethe.audit order by entry"))
        .contains("pause", "resume");
  }

  @Test
  void aPredicateThatFailsIsRecordedAndDoesNotKeepOthersFromRunning() {
    shop.execute("insert into account (account_id, last_login) values (1, '2020-01-01Z')");
    RoundReport round =
        shop.run(
            """
            rules:
              broken: { table: account, where: "no_such_column = 1", every: P1D, action: delete }
              fine: { table: account, where: "true", every: P1D, action: delete }
            relations: { post.account_id: cascade, team.lead_id: protect }
            """);

    assertThat(round.rules().get(0).outcome()).isEqualTo(RuleReport.Outcome.FAILED);
    assertThat(round.rules().get(0).note()).contains("no_such_column");
    assertThat(round.rules().get(1).counts().total()).isEqualTo(1);
    assertThat(shop.texts("select state from lethe.rule_run order by number"))
        .containsExactly("failed", "finished");
  }

  @Test
  void whatADeadProcessLeftIsNoticedAndGoneOnWith() {
    shop.execute(
        """
        insert into account (account_id, last_login) select n, '2020-01-01Z' from generate_series(1, 50) n;
        insert into lethe.rule_run (run_id, round, rule, action, actor, started_at, report)
        values (gen_random_uuid(), gen_random_uuid(), 'old', 'delete', 'ghost', '2026-03-01Z',
                '{"total": 7, "deleted": {"public.account": 7}}');
        """);

    RuleReport report = shop.runOne(DELETE.formatted("delete"));
    List<RuleRun> runs = shop.lethe("").rules().history("old", 9);

    assertThat(report.counts().total()).isEqualTo(50);
    assertThat(runs)
        .extracting(RuleRun::state)
        .containsExactly(RuleRun.State.FINISHED, RuleRun.State.UNFINISHED);
    assertThat(runs.get(0).continues()).isEqualTo(runs.get(1).id());
    assertThat(
            shop.texts(
                "select actor || ' ' || (details::jsonb ->> 'total') from lethe.audit where action = 'rule_end' order by entry"))
        .containsExactly("ghost 7", "tester 50");
  }

  @Test
  void tablesOfEveryKindOfKeyWork() {
    shop.execute(
        """
        create table pair ("a b" text, n char(3), at timestamptz, primary key ("a b", n));
        create table bare (at timestamptz);
        create table parted (id int, at timestamptz) partition by hash (id);
        create table parted_0 partition of parted for values with (modulus 2, remainder 0);
        create table parted_1 partition of parted for values with (modulus 2, remainder 1);
        create table moment (at timestamptz primary key);
        create table child (at timestamptz references moment on delete cascade);
        insert into pair select 'it''s \\ ' || n, n::text, '2020-01-01Z' from generate_series(1, 30) n;
        insert into bare select '2020-01-01Z' from generate_series(1, 30) n;
        insert into parted select n, '2020-01-01Z' from generate_series(1, 30) n;
        insert into moment select timestamptz '2020-01-01 00:00:00.123456Z' + n * interval '1 hour' from generate_series(1, 30) n;
        create function keep() returns trigger language plpgsql as $$ begin return old; end $$;
        create trigger keep before delete on pair for each row execute function keep();
        create trigger keep before delete on bare for each row execute function keep();
        create trigger keep before delete on parted for each row execute function keep();
        """);
    for (String table : List.of("pair", "bare", "parted", "moment")) {
      RuleReport report =
          shop.runOne(
              "rules:\n  r: { table: %s, where: \"not jsonb '[1]' ? 'y'\", older_than: { at: P1Y }, every: P1D, action: delete }\n"
                  .formatted(table));
      assertThat(report.counts().total()).as(table + report).isEqualTo(30);
    }
  }

  @Test
  void aRowThatChangesMeanwhileStays() throws Exception {
    shop.execute(
        "insert into account (account_id, last_login) select n, '2020-01-01Z' from generate_series(1, 10) n");
    try (var connection = shop.database().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("update account set last_login = '2026-02-28Z' where account_id = 5");
      var running = CompletableFuture.supplyAsync(() -> shop.runOne(DELETE.formatted("delete")));
      while (shop.number(
              "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
          == 0) {
        Thread.sleep(20);
      }
      connection.commit();
      assertThat(running.get().counts().total()).isEqualTo(9);
    }
    assertThat(shop.texts("select account_id::text from account")).containsExactly("5");
  }

  @Test
  void oneProcessRunsARuleAtATime() {
    shop.execute("insert into account (account_id, last_login) values (1, '2020-01-01Z')");
    Optional<Claim> other = Claim.of(shop.database(), Pauses.rule("old"));

    RuleReport report = shop.runOne(DELETE.formatted("delete"));
    other.orElseThrow().close();

    assertThat(report.outcome()).isEqualTo(RuleReport.Outcome.BUSY);
    assertThat(shop.runOne(DELETE.formatted("delete")).counts().total()).isEqualTo(1);
  }
}
