package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lethe.Lethe;
import org.lethe.policy.Decisions;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.TrashScene.Act;
import org.lethe.trash.TrashScene.State;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A process killed while it deletes to the trash, restores or purges leaves the tables and the
 * ledger as they were between two commits; and the next one goes on. As each process costs a second
 * to start, it works in several databases at once and its death ends them all.
 */
class TrashProcessKilledTest {

  private static final int DATABASES = 24;

  /** Every word in CI, elsewhere a third of them. */
  private static final int STEP = Boolean.parseBoolean(System.getenv("CI")) ? 1 : 3;

  private static final int DEATHS_AT_RANDOM = 6;

  /** Where one dies. */
  private record Death(int word, boolean after) {
    int commits(List<Integer> commitWords) {
      return (int) commitWords.stream().filter(c -> c < word || (after && c == word)).count();
    }
  }

  @ParameterizedTest
  @EnumSource
  void atEveryWord(Act act) throws Exception {
    PGSimpleDataSource template = act.shop();
    Decisions decisions = TrashScene.decisions(template);
    PGSimpleDataSource whole = TrashScene.copy(template);
    List<State> states = new ArrayList<>(List.of(State.of(whole)));
    DyingDataSource living =
        new DyingDataSource(whole, 0, false, () -> states.add(State.of(whole)));
    act.run(living, decisions);
    assertThat(states.get(states.size() - 1)).isNotEqualTo(states.get(0));

    List<Death> chosen = deaths(living.words());
    List<PGSimpleDataSource> databases = new ArrayList<>();
    for (int from = 0; from < chosen.size(); from += DATABASES) {
      List<Death> together = chosen.subList(from, Math.min(from + DATABASES, chosen.size()));
      while (databases.size() < together.size()) {
        databases.add(TrashScene.copy(template));
      }
      kill(act, databases, together);
      for (int i = together.size() - 1; i >= 0; i--) {
        Death death = together.get(i);
        int committed = death.commits(living.commitWords());
        TrashScene.awaitQuiet(databases.get(i));
        assertThat(State.of(databases.get(i)))
            .as("%s of %d words", death, living.words())
            .isEqualTo(states.get(committed));
        if (committed > 0) {
          goOn(databases.remove(i), act, decisions, states);
        }
      }
    }
    for (PGSimpleDataSource database : databases) {
      goOn(database, act, decisions, states);
    }
  }

  private static List<Death> deaths(int words) {
    List<Death> deaths = new ArrayList<>();
    for (int i = ThreadLocalRandom.current().nextInt(STEP); i < 2 * words; i += STEP) {
      deaths.add(new Death(1 + i / 2, i % 2 == 1));
    }
    return deaths;
  }

  /** The next one does what is left to do. */
  private static void goOn(
      PGSimpleDataSource database, Act act, Decisions decisions, List<State> states) {
    State last = states.get(states.size() - 1);
    if (!State.of(database).equals(last)) {
      act.run(database, decisions);
    }
    assertThat(State.of(database)).isEqualTo(last);
  }

  private static void kill(Act act, List<PGSimpleDataSource> databases, List<Death> deaths)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(act.name()));
    for (int i = 0; i < deaths.size(); i++) {
      Death death = deaths.get(i);
      arguments.add(
          url(databases.get(i)) + "," + death.word() + (death.after() ? ",after" : ",before"));
    }
    start(arguments).destroyForcibly().waitFor();
  }

  private static String url(PGSimpleDataSource database) {
    return PostgresServer.shared().jdbcUrl(String.valueOf(database.getDatabaseName()));
  }

  /** A process that is where it should be killed. */
  private static Process start(List<String> arguments) throws IOException {
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                            TrashProcess.class.getName()),
                        arguments.stream())
                    .toList())
            .redirectErrorStream(true)
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.equals(TrashProcess.READY)) {
        return process;
      }
      lines.add(line);
    }
    throw new AssertionError("the process ended by itself: " + String.join("\n", lines));
  }

  @Test
  void atAnyMoment() throws Exception {
    PGSimpleDataSource template = Act.DELETE.shop();
    Decisions decisions = TrashScene.decisions(template);
    List<PGSimpleDataSource> databases =
        Stream.generate(() -> TrashScene.copy(template)).limit(4).toList();
    DatabaseDigest whole = DatabaseDigest.of(template);
    PGSimpleDataSource other = TrashScene.copy(template);
    Act.DELETE.run(other, decisions);
    DatabaseDigest deleted = DatabaseDigest.of(other);
    List<String> arguments =
        Stream.concat(Stream.of("forever"), databases.stream().map(d -> url(d))).toList();

    for (int i = 0; i < DEATHS_AT_RANDOM; i++) {
      Process process = start(arguments);
      Thread.sleep(ThreadLocalRandom.current().nextLong(200));
      process.destroyForcibly().waitFor();
      for (PGSimpleDataSource database : databases) {
        TrashScene.awaitQuiet(database);
        agrees(database, decisions, whole, deleted);
      }
    }
  }

  /** Whatever the moment: the ledger says what the tables show, and the next one goes on. */
  private static void agrees(
      PGSimpleDataSource database,
      Decisions decisions,
      DatabaseDigest whole,
      DatabaseDigest deleted)
      throws SQLException {
    Lethe lethe = TrashScene.lethe(database, decisions, Act.RESTORE.now());
    List<Deletion> trash = lethe.trash().list(Deletion.State.IN_TRASH, 9);
    assertThat(trash).hasSizeLessThan(2);
    assertThat(DatabaseDigest.of(database)).isEqualTo(trash.isEmpty() ? whole : deleted);
    assertThat(lethe.verifyAudit()).isEmpty();
    assertThat(count(database, "audit"))
        .as("an entry for each deletion and each restore")
        .isEqualTo(2 * count(database, "deletion") - trash.size());
    if (!trash.isEmpty()) {
      Act.RESTORE.run(database, decisions);
      assertThat(DatabaseDigest.of(database)).isEqualTo(whole);
    }
    assertThat(count(database, "archived_row") + count(database, "changed_row")).isZero();
  }

  private static long count(PGSimpleDataSource database, String table) {
    return Objects.requireNonNull(
        new JdbcTemplate(database)
            .queryForObject("select count(*) from lethe." + table, Long.class));
  }
}
