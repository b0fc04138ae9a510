package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.PostgresServer;

/** A process that is killed in the middle of a removal leaves everything or nothing behind. */
class KilledProcessTest {

  private static final String SHOP =
      """
      create table customer (id int primary key);
      create table invoice (id int primary key, customer int references customer %1$s);
      create table line (id int primary key, invoice int references invoice %1$s);
      create table visit (id int primary key, customer int references customer %2$s);
      insert into customer values (1), (2);
      insert into invoice select i, 1 + i %% 2 from generate_series(1, 2000) i;
      insert into line select i, 1 + i %% 2000 from generate_series(1, 6000) i;
      insert into visit select i, 1 + i %% 2 from generate_series(1, 1000) i;
      """;

  private static final String RULES =
      "invoice.customer: cascade\nline.invoice: cascade\nvisit.customer: set_null";

  private static final long GONE = 1 + 1000 + 3000;

  private static final long PATIENCE_SECONDS = 120;

  /** Every word in CI; elsewhere each run takes another third of them, as each costs a JVM. */
  private static final int STEP = Boolean.parseBoolean(System.getenv("CI")) ? 1 : 3;

  @TempDir private Path folder = Path.of("");

  private Process start(TestDatabase database, int fatal, String when, String rules)
      throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            RemovalProcess.class.getName(),
            PostgresServer.shared().jdbcUrl(String.valueOf(database.source().getDatabaseName())),
            Integer.toString(fatal),
            when,
            rules);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out").toFile())
        .start();
  }

  private int run(TestDatabase database, int fatal, String when, String rules) throws Exception {
    Process process = start(database, fatal, when, rules);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
    return process.exitValue();
  }

  private String said() throws Exception {
    return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8).strip();
  }

  @ParameterizedTest
  @CsvSource({"'',''", "on delete cascade,on delete set null"})
  void diesBeforeEveryWordToTheDatabase(String cascade, String setNull) throws Exception {
    String template =
        TestDatabase.with(SHOP.formatted(cascade, setNull)).source().getDatabaseName();
    String rules = cascade.isEmpty() ? RULES : "";
    TestDatabase whole = copy(template);
    DatabaseDigest before = whole.digest();
    assertThat(run(whole, 0, "before", rules)).as(said()).isZero();
    int words = Integer.parseInt(said().substring(0, said().indexOf(' ')));
    DatabaseDigest after = whole.digest();
    assertThat(said()).isEqualTo(words + " " + GONE);
    assertThat(after.differenceFrom(before)).hasSize(4);

    TestDatabase database = copy(template);
    for (int n = ThreadLocalRandom.current().nextInt(1, STEP + 1); n <= words; n += STEP) {
      assertThat(run(database, n, "before", rules)).as(said()).isEqualTo(RemovalProcess.DIED);
      assertThat(database.digest().differenceFrom(before)).as("died before word " + n).isEmpty();
    }
    // The last word is the commit; the one before it is the last that could still be undone.
    TestDatabase other = copy(template);
    assertThat(run(other, words - 1, "after", rules)).isEqualTo(RemovalProcess.DIED);
    assertThat(other.digest().differenceFrom(before)).isEmpty();
    assertThat(run(other, words, "after", rules)).isEqualTo(RemovalProcess.DIED);
    assertThat(other.digest().differenceFrom(after)).isEmpty();

    // None of the dead left anything that would stand in the way of the next.
    assertThat(run(database, 0, "before", rules)).as(said()).isZero();
    assertThat(said()).isEqualTo(words + " " + GONE);
    assertThat(database.digest().differenceFrom(after)).isEmpty();
  }

  private static TestDatabase copy(String template) {
    return new TestDatabase(PostgresServer.shared().createDatabase(template));
  }

  @Test
  void killedFromOutsideAtAnyMoment() throws Exception {
    TestDatabase pattern = TestDatabase.with(SHOP.formatted("", ""));
    DatabaseDigest before = pattern.digest();
    TestDatabase database = copy(String.valueOf(pattern.source().getDatabaseName()));
    long start = System.nanoTime();
    assertThat(run(pattern, 0, "before", RULES)).as(said()).isZero();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    DatabaseDigest after = pattern.digest();

    for (int i = 0; i < 8 && database.digest().equals(before); i++) {
      Process process = start(database, 0, "before", RULES);
      // Mostly towards the end: what comes before is the start of the JVM.
      process.waitFor(
          ThreadLocalRandom.current().nextLong(millis / 2, millis), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      awaitQuiet(database);
      assertThat(database.digest()).isIn(before, after);
    }
    if (database.digest().equals(before)) {
      assertThat(run(database, 0, "before", RULES)).as(said()).isZero();
    }
    assertThat(database.digest().differenceFrom(after)).isEmpty();
  }

  @Test
  void killedWhileItWaitsForALock() throws Exception {
    TestDatabase database = TestDatabase.with(SHOP.formatted("", ""));
    DatabaseDigest before = database.digest();
    try (Blocking holder = Blocking.on(database, "select from line where id = 1 for update")) {
      Process process = start(database, 0, "before", RULES);
      holder.awaitWaiting();
      process.destroyForcibly().waitFor();
      holder.commit();
    }
    awaitQuiet(database);
    assertThat(database.digest().differenceFrom(before)).isEmpty();
    assertThat(run(database, 0, "before", RULES)).as(said()).isZero();
    assertThat(said()).endsWith(" " + GONE);
  }

  /** Waits until the database has noticed that its client is dead. */
  private static void awaitQuiet(TestDatabase database) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      long others =
          database.number(
              """
              select count(*) from pg_stat_activity
               where datname = current_database() and pid <> pg_backend_pid()
                 and backend_type = 'client backend'
              """);
      if (others == 0) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("a dead client's session goes on");
  }
}
