package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.Lethe;
import org.lethe.account.AccountId;
import org.lethe.account.AccountSchema;
import org.lethe.account.DepartureOptions;
import org.lethe.account.LetheAccounts;
import org.lethe.account.NewAccount;
import org.lethe.policy.Policy;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.By;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Real processes that serve one database: killed in the middle, taken over, stopped in peace. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class ServeProcessTest {

  private static final String POLICY =
      """
      version: 1
      rules:
        old: { table: item, older_than: { at: P1Y }, every: PT1S, action: delete }
      """;

  @TempDir private Path folder;
  private PGSimpleDataSource database;
  private JdbcTemplate sql;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void prepare() {
    database = PostgresServer.shared().createDatabase();
    sql = new JdbcTemplate(database);
    PostgresServer.execute(
        database,
        """
        create table item (id int primary key, at timestamptz not null default '2020-01-01Z');
        create table part (item_id int references item on delete cascade);
        create index on part (item_id);
        insert into item select generate_series(1, 6000);
        insert into part select id from item;
        """);
  }

  @AfterEach
  void endWhatIsLeft() {
    processes.forEach(Process::destroyForcibly);
  }

  private Process lethe(String name, String... args) throws IOException {
    Path policy = Files.writeString(folder.resolve("lethe.yaml"), POLICY);
    List<String> command = new ArrayList<>(LetheProcess.command());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LETHE_DB", ShopDatabase.url(database));
    builder.environment().put("LETHE_CONFIG", policy.toString());
    builder.redirectOutput(folder.resolve(name + ".out").toFile());
    builder.redirectError(folder.resolve(name + ".err").toFile());
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private long number(String query) {
    Long number = sql.queryForObject(query, Long.class);
    return number == null ? 0 : number;
  }

  private void await(BooleanSupplier condition) throws Exception {
    for (int i = 0; i < 1800 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).as("came true within 90 seconds").isTrue();
  }

  @Test
  void aKilledProcessIsTakenOverAndNothingIsDoneTwiceOrForgotten() throws Exception {
    String[] slowly = {
      "serve", "--poll", "PT0.2S", "--heartbeat", "PT1S", "--rate", "1500", "--actor"
    };
    Process killed = lethe("first", withActor(slowly, "first"));
    await(
        () ->
            number("select count(*) from pg_namespace where nspname = 'lethe'") == 1
                && number("select count(*) from pg_tables where tablename = 'rule_run'") == 1
                && number("select coalesce(sum((report ->> 'total')::int), 0) from lethe.rule_run")
                    > 0);
    Process second = lethe("second", withActor(slowly, "second"));
    Process third = lethe("third", withActor(slowly, "third"));
    killed.destroyForcibly().waitFor();
    assertThat(number("select count(*) from item")).as("killed in the middle").isPositive();

    await(() -> number("select count(*) from item") == 0);
    await(() -> number("select count(*) from lethe.rule_run where state = 'running'") == 0);
    for (Process process : List.of(second, third)) {
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(number("select sum((report ->> 'total')::int) from lethe.rule_run"))
        .as("every row is counted once")
        .isEqualTo(12_000);
    assertThat(
            sql.queryForList(
                "select distinct actor from lethe.rule_run where state = 'unfinished'",
                String.class))
        .containsExactly("first");
    assertThat(number("select count(*) from lethe.rule_run where continues is not null")).isOne();
    assertThat(text("second.out") + text("third.out")).contains("rule old: finished");
    assertThat(text("second.err")).contains("serving 1 rule and the purge (PT5M)", "stopped");
    assertThat(text("second.err") + text("third.err")).doesNotContain("ERROR", "WARN", "Exception");
  }

  @Test
  void theOneThatIsStoppedComesToTheEndOfItsChunk() throws Exception {
    planADeparture();
    Process process =
        lethe(
            "only", "serve", "--no-admin", "--poll", "PT0.2S", "--rate", "1000", "--actor", "only");
    await(() -> number("select count(*) from lethe.account where not active") == 1);
    await(
        () ->
            number("select count(*) from pg_tables where tablename = 'rule_run'") == 1
                && number("select coalesce(sum((report ->> 'total')::int), 0) from lethe.rule_run")
                    > 0);
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    assertThat(sql.queryForList("select state from lethe.rule_run", String.class))
        .containsExactly("stopped");
    assertThat(text("only.out"))
        .contains(
            "rule old: stopped", "somebody stopped it", "departures: lethe:1 left as planned");
    assertThat(sql.queryForMap("select kind, left_by, why from lethe.departure"))
        .containsEntry("left_by", "only")
        .containsEntry("why", "end of contract (planned by ann)");
  }

  /** The day has come since. */
  private void planADeparture() {
    AccountSchema.migrate(database);
    Instant then = Instant.parse("2020-01-01T00:00:00Z");
    LetheAccounts accounts =
        LetheAccounts.of(
            database,
            Lethe.of(database, Policy.empty()).decisions(),
            Clock.fixed(then, ZoneOffset.UTC));
    By ann = new By("ann", "end of contract");
    AccountId temp =
        accounts
            .directory(AccountId.OWN)
            .create(new NewAccount("temp", "", null, null, true, false), ann)
            .id();
    accounts
        .departures()
        .plan(temp, then.plus(Duration.ofDays(1)), ann, false, DepartureOptions.NOTHING);
  }

  private static String[] withActor(String[] args, String actor) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(actor);
    return all.toArray(String[]::new);
  }
}
