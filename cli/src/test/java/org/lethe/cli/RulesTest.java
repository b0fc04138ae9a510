package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Retention rules from the command line: list, run, history, pause; and what the doctor says. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class RulesTest {

  private static final String POLICY =
      """
      version: 1
      accounts: { table: account, active: active }
      relations: { badge.account_id: protect }
      rules:
        inactive:    { table: account, older_than: { last_login: P2Y }, every: P1D, action: deactivate }
        unconfirmed: { table: account, where: "not confirmed", older_than: { created_at: P14D }, every: PT5M, action: delete }
      """;

  @TempDir private Path folder;
  private PGSimpleDataSource database;
  private Cli cli;

  @BeforeEach
  void prepare() throws IOException {
    database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(
        database,
        """
        create table account (
          id int primary key, active boolean default true, confirmed boolean not null,
          created_at timestamptz default now() - interval '15 days', last_login timestamptz);
        create table badge (account_id int references account);
        insert into account (id, confirmed, last_login)
          select n, n > 4, now() - n * interval '300 days' from generate_series(1, 5) n;
        insert into badge values (2);
        """);
    Path policy = Files.writeString(folder.resolve("lethe.yaml"), POLICY);
    cli = new Cli().db(ShopDatabase.url(database)).with("LETHE_CONFIG", policy.toString());
  }

  private long number(String query) {
    Long number = new JdbcTemplate(database).queryForObject(query, Long.class);
    return number == null ? -1 : number;
  }

  private long accounts() {
    return number("select count(*) from account");
  }

  @Test
  void lookingChangesNothing() {
    Cli.Result list = cli.run("rules", "list");
    assertThat(list.code()).isZero();
    assertThat(list.out())
        .contains("inactive     deactivate  account  P1D        3        never")
        .contains("unconfirmed  delete      account  PT5M       4        never");
    Cli.Result dry = cli.run("rules", "run", "--dry-run");
    assertThat(dry.code()).isZero();
    assertThat(dry.out())
        .contains("inactive would deactivate 3 accounts")
        .contains("unconfirmed would delete 4 rows for good")
        .contains("badge.account_id (protect)");
    assertThat(cli.run("rules", "history").err()).contains("no rule has run yet");
    assertThat(accounts()).isEqualTo(5);
    assertThat(number("select count(*) from pg_namespace where nspname = 'lethe'")).isZero();
  }

  @Test
  void runsAndTellsWhatCameOfIt() {
    Cli.Result run = cli.run("rules", "run", "--yes", "--actor", "ada");

    assertThat(run.code()).as("one row is in the way").isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(run.out())
        .contains("inactive: finished, 3 rows updated in")
        .contains("unconfirmed: finished, 3 rows deleted, 1 set aside in")
        .contains("set aside: 1 row blocked by badge.account_id (protect)")
        .contains("all rules: 3 rows deleted, 3 updated");
    assertThat(accounts()).isEqualTo(2);
    Cli.Result history = cli.run("rules", "history", "unconfirmed");
    assertThat(history.out()).contains("ada").contains("finished, 3 rows deleted, 1 set aside");
    Cli.Result json = cli.run("rules", "list", "--format", "json");
    assertThat(json.out()).contains("\"state\" : \"finished\"").contains("\"set_aside\" : { }");
    assertThat(cli.run("doctor").out()).contains("the purge and all rules ran when they should");
  }

  @Test
  void asksBeforeWhatCannotBeUndone() {
    Cli.Result unattended = cli.run("rules", "run");
    assertThat(unattended.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(unattended.err()).contains("--yes");

    cli.interactive().input("unconfirme\n");
    assertThat(cli.run("rules", "run", "unconfirmed").code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(accounts()).isEqualTo(5);
    cli.input("unconfirmed\n");
    assertThat(cli.run("rules", "run", "unconfirmed").out()).contains("3 rows deleted");
    cli.input("y\n");
    assertThat(cli.run("rules", "run", "inactive").out()).contains("1 row updated");
  }

  @Test
  void unknownRulesAndLimitsAreRefused() {
    assertThat(cli.run("rules", "run", "unconfirmd", "--yes").err())
        .isEqualTo("lethe: the policy has no rule unconfirmd; did you mean unconfirmed?\n");
    assertThat(cli.run("rules", "run", "--yes", "--rate", "0").err()).contains("--rate must be");
    assertThat(cli.run("serve", "--purge-every", "often").err())
        .contains("--purge-every is a time");
    assertThat(cli.run("purge", "--every", "5x").code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(cli.run("purge", "--pause", "why", "--resume").err()).contains("exclude each other");
    assertThat(cli.run("purge", "--heartbeat", "PT1S").err()).contains("for --every");
  }

  @Test
  void pausedRulesRest() {
    assertThat(cli.run("rules", "pause", "unconfirmed").err()).contains("--reason");
    assertThat(
            cli.run("rules", "pause", "unconfirmed", "--reason", "audit", "--actor", "ada").code())
        .isZero();
    Cli.Result run = cli.run("rules", "run", "unconfirmed", "--yes");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("unconfirmed: paused (audit)");
    assertThat(accounts()).isEqualTo(5);
    assertThat(cli.run("rules", "list").out()).contains("paused");
    assertThat(cli.run("rules", "list").err()).contains("unconfirmed is paused by ada: audit");
    assertThat(cli.run("rules", "resume", "unconfirmed").code()).isZero();
    assertThat(cli.run("rules", "resume", "unconfirmed").err()).contains("is not paused");
    assertThat(cli.run("rules", "run", "unconfirmed", "--yes").out()).contains("3 rows deleted");
  }

  @Test
  void aPausedPurgePurgesNothingAndItsDelayIsNoticed() {
    assertThat(cli.run("rules", "run", "--yes").code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(cli.run("delete", "account", "5", "--yes").code()).isZero();
    PostgresServer.execute(
        database, "update lethe.deletion set keep_until = now() - interval '3 days'");

    Cli.Result late = cli.run("trash", "list");
    assertThat(late.err()).contains("warning: the purge has not run: something is due since");
    Cli.Result doctor = cli.run("doctor");
    assertThat(doctor.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(doctor.out()).contains("the purge has not run");

    assertThat(cli.run("purge", "--pause", "audit", "--actor", "ada").code()).isZero();
    Cli.Result paused = cli.run("purge");
    assertThat(paused.out()).isEqualTo("nothing was purged\n");
    assertThat(paused.err()).contains("the purge is paused by ada: audit");
    assertThat(cli.run("purge", "--resume").code()).isZero();
    assertThat(cli.run("purge").out()).contains("1 deletion");
    assertThat(cli.run("trash", "list").err()).doesNotContain("warning");
  }
}
