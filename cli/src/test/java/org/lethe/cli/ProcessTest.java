package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The real process: exit codes, Ctrl-C, a reader that goes away. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class ProcessTest {

  private static final int SECONDS = 60;

  @TempDir private Path folder;
  private PGSimpleDataSource database;

  @BeforeEach
  void prepare() {
    database = ShopDatabase.create();
  }

  private ProcessBuilder lethe(String... args) {
    List<String> command = new ArrayList<>(LetheProcess.command());
    command.addAll(List.of(args));
    return prepared(new ProcessBuilder(command));
  }

  private ProcessBuilder prepared(ProcessBuilder builder) {
    builder.environment().put("LETHE_DB", ShopDatabase.url(database));
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return builder;
  }

  private int codeOf(Process process) throws InterruptedException {
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
    return process.exitValue();
  }

  private String text(String stream) throws IOException {
    return Files.readString(folder.resolve(stream), StandardCharsets.UTF_8);
  }

  @Test
  void exitCodes() throws Exception {
    assertThat(codeOf(lethe("--version").start())).isZero();
    assertThat(text("out")).startsWith("lethe ");
    assertThat(codeOf(lethe("preview", "customer", "2", "-q").start())).isOne();
    assertThat(text("out")).contains("payment.invoice_id", "└─");
    assertThat(codeOf(lethe("nonsense").start())).isEqualTo(2);
    assertThat(text("err")).hasLineCount(1);
    assertThat(codeOf(lethe("delete", "customer", "1", "--yes").start())).isZero();
  }

  @Test
  void aReaderThatGoesAwayIsNoError() throws Exception {
    JdbcTemplate jdbc = new JdbcTemplate(database);
    jdbc.execute("insert into customer select i, 'many' from generate_series(1000, 30000) i");
    List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" | head -n 1", "sh"));
    command.addAll(LetheProcess.command());
    command.addAll(
        List.of("preview", "customer", "--where", "id >= 1000", "--limit", "20000", "-q"));
    assertThat(codeOf(prepared(new ProcessBuilder(command)).start())).isZero();
    assertThat(text("out")).hasLineCount(1);
    assertThat(text("err")).isEmpty();
  }

  @Test
  void interruptedDeletesRollBack() throws Exception {
    try (Connection holder = database.getConnection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("select from invoice where id = 17 for update");
      Process process = lethe("delete", "customer", "1", "--yes").start();
      awaitWaiting();
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      // The row is still locked, so only a cancelled statement can have ended it.
      assertThat(codeOf(process)).isEqualTo(ExitCode.INTERRUPTED);
      holder.rollback();
    }
    assertThat(text("err")).endsWith("lethe: interrupted; nothing was changed\n");
    JdbcTemplate jdbc = new JdbcTemplate(database);
    assertThat(jdbc.queryForObject("select count(*) from customer", Long.class)).isEqualTo(4);
    assertThat(jdbc.queryForObject("select count(*) from invoice_line", Long.class)).isEqualTo(14);
  }

  @Test
  void interruptedWhileNothingRunsEndsAtOnce() throws Exception {
    // Standard input stays open, so the command waits for keys until it is interrupted.
    Process process = lethe("preview", "customer", "-").start();
    awaitText("err", "note:");
    Thread.sleep(1000);
    long start = System.nanoTime();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(codeOf(process)).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  private void awaitText(String stream, String text) throws Exception {
    for (int i = 0; i < SECONDS * 10 && !text(stream).contains(text); i++) {
      Thread.sleep(100);
    }
  }

  private void awaitWaiting() throws InterruptedException {
    JdbcTemplate jdbc = new JdbcTemplate(database);
    for (int i = 0; i < SECONDS * 10; i++) {
      Long waiting =
          jdbc.queryForObject(
              """
              select count(*) from pg_stat_activity
               where application_name = 'lethe' and wait_event_type = 'Lock'
                 and datname = current_database()
              """,
              Long.class);
      if (waiting != null && waiting > 0) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the delete never came to wait for the locked row");
  }
}
