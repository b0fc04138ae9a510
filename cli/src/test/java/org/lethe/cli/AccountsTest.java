package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.account.AccountSchema;
import org.lethe.testkit.server.RedisTestServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Accounts on the command line: made, listed, sent away and brought back. */
class AccountsTest {

  private static final String PASSWORD = "a long enough one";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private final PGSimpleDataSource database = Sample.PLAZA.database();
  private final JdbcTemplate sql = new JdbcTemplate(database);

  @SuppressWarnings("NullAway.Init")
  private String policy;

  @BeforeEach
  void writePolicy() throws IOException {
    policy = Files.writeString(folder.resolve("lethe.yaml"), Sample.PLAZA.policy()).toString();
  }

  private Cli.Result run(String input, String... args) {
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--config";
    all[args.length + 1] = policy;
    return new Cli().db(ShopDatabase.url(database)).input(input).run(all);
  }

  private Cli.Result done(String input, String... args) {
    Cli.Result result = run(input, args);
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  private String member() {
    return String.valueOf(
        sql.queryForObject(
            "select username from account join session using (account_id) join account_group using (account_id) where active and account_id <> 0 order by account_id limit 1",
            String.class));
  }

  @Test
  void accountsAreMadeAndListed() {
    Cli.Result added =
        done(PASSWORD + "\n", "users", "add", "ada", "--superuser", "--email", "ada@example.org");
    assertThat(added.out()).isEqualTo("made ada (lethe:1)\n");
    assertThat(added.out() + added.err()).doesNotContain(PASSWORD);
    assertThat(done("", "users", "list", "--in", "lethe").out())
        .contains("lethe:1", "ada", "active", "superuser");
    Cli.Result json = done("", "users", "list", "--in", "lethe", "--format", "ndjson");
    assertThat(JsonText.read(json.out()).path("superuser").booleanValue()).isTrue();
    assertThat(done("", "users", "list", "--in", "app", "--limit", "3").err())
        .contains("there are more");
    assertThat(done("quite another one\n", "users", "password", "ada").out())
        .isEqualTo("the password of ada (lethe:1) is set\n");
  }

  @Test
  void somebodyWhoSitsThereTypesThePasswordTwice() {
    Cli there = new Cli().db(ShopDatabase.url(database)).interactive();
    Cli.Result made =
        there.input(PASSWORD + "\n" + PASSWORD + "\n").run("users", "add", "ada", "-c", policy);
    assertThat(made.code()).as(made.err()).isZero();
    Cli.Result different =
        there
            .input(PASSWORD + "\n" + PASSWORD + "x\n")
            .run("users", "password", "ada", "-c", policy);
    assertThat(different.err()).contains("two different passwords; nothing was changed");
    assertThat(different.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
  }

  @Test
  void sessionsInRedisEndAsSoonAsItIsDone() throws IOException {
    RedisTestServer redis = Servers.redis();
    String login = member();
    Files.writeString(
        Path.of(policy),
        Files.readString(Path.of(policy))
            .replace(
                "  sessions:\n",
                "  sessions:\n    - { redis: \"%s\", keys: \"session:{login}:*\" }\n"
                    .formatted(redis.url())));
    try (RedisClient client = RedisClient.create(redis.url());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().set("session:" + login + ":1", "x");
      connection.sync().set("session:" + login + "x:1", "x");
      done("", "deactivate", login, "--reason", "resigned", "--yes");
      assertThat(connection.sync().exists("session:" + login + ":1")).isZero();
      assertThat(connection.sync().exists("session:" + login + "x:1")).isOne();
      connection.sync().del("session:" + login + "x:1");
    }
  }

  @Test
  void aPlaceThatDoesNotAnswerIsNamed() throws IOException {
    String login = member();
    Files.writeString(
        Path.of(policy),
        Files.readString(Path.of(policy))
            .replace(
                "  sessions:\n",
                "  sessions:\n    - { redis: \"redis://127.0.0.1:1\", timeout: PT1S, keys: \"session:{login}:*\" }\n"));
    Cli.Result left = run("", "deactivate", login, "--reason", "resigned", "--yes");
    assertThat(left.out()).contains("is deactivated");
    assertThat(left.err())
        .contains("sessions are not ended yet, and tried again")
        .contains("accounts.sessions[0]");
    assertThat(left.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    assertThat(run("short\n", "users", "add", "ada").err()).contains("too short");
    assertThat(run("", "users", "add", "ada").err()).contains("no password was given");
    assertThat(run("", "users", "password", "nobody").err())
        .contains("there is no account nobody; lethe users list shows them");
    assertThat(run("", "deactivate", "nobody", "--reason", "x", "--yes").code())
        .isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(run("", "deactivate", "nobody", "--reason", "x").err())
        .contains("nobody here to confirm");
    assertThat(run("", "deactivate", "nobody", "--reason", " ", "--yes").err())
        .contains("--reason must say why");
    assertThat(run("", "deactivate", "x", "--reason", "x", "--on", "2001-01-01", "--yes").err())
        .contains("--on 2001-01-01 has come already");
    assertThat(run("", "users", "list", "--in", "nowhere").err())
        .contains("there is no directory \"nowhere\"");
    assertThat(run("", "users", "cancel", "7").err()).contains("number 7");
    assertThat(run("", "reactivate", "app:999999999").err()).contains("there is no account");
  }

  @Test
  void whoLeavesComesBackWithTheirGroups() {
    String login = member();
    String id =
        sql.queryForObject(
            "select account_id::text from account where username = ?", String.class, login);
    String groups =
        "select string_agg(g::text, ' ' order by g::text) from account_group as g where account_id::text = ?";
    String before = sql.queryForObject(groups, String.class, id);

    Cli.Result left = done("", "offboard", login, "--reason", "resigned", "--yes");
    assertThat(left.out()).startsWith("app:" + id + " is offboarded; ended: ");
    assertThat(
            sql.queryForObject(
                "select count(*) from session where account_id::text = ?", Integer.class, id))
        .isZero();
    assertThat(
            sql.queryForObject(
                "select count(*) from api_token where account_id::text = ?", Integer.class, id))
        .isZero();
    assertThat(
            sql.queryForObject(
                "select deactivated_why from account where account_id::text = ?", String.class, id))
        .isEqualTo("resigned");
    assertThat(sql.queryForObject(groups, String.class, id)).isNull();
    assertThat(done("", "users", "list", "--deactivated", "--in", "app", "--text", login).out())
        .contains("deactivated");
    Cli.Result again = run("", "offboard", login, "--reason", "resigned", "--yes");
    assertThat(again.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(again.err()).contains("is offboarded already");

    assertThat(done("", "reactivate", "app:" + id).out()).contains("is active again; back: ");
    assertThat(sql.queryForObject(groups, String.class, id)).isEqualTo(before);
    assertThat(
            sql.queryForObject(
                "select active and deactivated_at is null from account where account_id::text = ?",
                Boolean.class,
                id))
        .isTrue();
    assertThat(done("", "audit", "list").out()).contains("offboarded", "reactivated");
  }

  @Test
  void aDayToComeIsKept() {
    String login = member();
    assertThat(
            done("", "deactivate", login, "--reason", "temporary", "--on", "2999-01-01", "--yes")
                .out())
        .contains("leaves on 2999-01-01");
    assertThat(done("", "users", "planned").out()).contains("deactivate", "temporary");
    assertThat(done("", "users", "due").err()).contains("no departure is due");
    sql.update("update lethe.planned_departure set due = now()");
    assertThat(done("", "users", "due").out()).contains("is deactivated");
    assertThat(AccountSchema.isCurrent(database)).isTrue();
    assertThat(done("", "users", "planned").err()).contains("no departure is planned");
  }
}
