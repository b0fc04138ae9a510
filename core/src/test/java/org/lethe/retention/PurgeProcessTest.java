package org.lethe.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.schema.TableId;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Several processes that purge one database at once share the work. */
class PurgeProcessTest {

  private static final int PROCESSES = 3;
  private static final int DELETIONS = 120;
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = Instant.parse("2026-03-05T12:00:00Z");

  private final PGSimpleDataSource database = PostgresServer.shared().createDatabase();

  @Test
  void noneDoesWhatAnotherDid() throws Exception {
    PostgresServer.execute(
        database,
        "create table item (id int primary key); insert into item select generate_series(1, 200)");
    LedgerSchema.migrate(database);
    Lethe lethe = Lethe.builder(database).clock(Clock.fixed(START, ZoneOffset.UTC)).build();
    List<UUID> due = new ArrayList<>();
    for (int i = 1; i <= DELETIONS; i++) {
      Roots roots =
          new Roots.Keys(new TableId("public", "item"), List.of(List.of(Integer.toString(i))));
      due.add(
          Objects.requireNonNull(
              lethe.trash().delete(roots, Period.ofDays(1), new By("tester", null)).deletion()));
    }

    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(start("purger " + i));
    }
    for (Process process : processes) {
      assertThat(process.inputReader(StandardCharsets.UTF_8).readLine())
          .isEqualTo(PurgeProcess.READY);
    }
    for (Process process : processes) {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }
    List<UUID> purged = new ArrayList<>();
    int workers = 0;
    for (Process process : processes) {
      List<UUID> by = purged(process);
      workers += by.isEmpty() ? 0 : 1;
      purged.addAll(by);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    assertThat(purged).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(due);
    assertThat(workers).as("processes that had work").isGreaterThan(1);
    JdbcTemplate sql = new JdbcTemplate(database);
    assertThat(
            sql.queryForList(
                "select object::uuid from lethe.audit where action = 'purge'", UUID.class))
        .as("an entry for each, and one only")
        .containsExactlyInAnyOrderElementsOf(due);
    assertThat(sql.queryForObject("select count(*) from lethe.archived_row", Long.class)).isZero();
    assertThat(lethe.verifyAudit()).isEmpty();
  }

  private Process start(String actor) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            PurgeProcess.class.getName(),
            PostgresServer.shared().jdbcUrl(String.valueOf(database.getDatabaseName())),
            LATER.toString(),
            actor)
        .redirectErrorStream(true)
        .start();
  }

  private static List<UUID> purged(Process process) throws IOException {
    List<UUID> ids = new ArrayList<>();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      ids.add(UUID.fromString(line));
    }
    return ids;
  }
}
