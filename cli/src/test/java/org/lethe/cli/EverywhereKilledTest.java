package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.testkit.server.Line;

/** Processes that are killed while they erase, at some word to the database or to a store. */
@SuppressWarnings("NullAway") // JUnit sets the field
class EverywhereKilledTest {

  private static final int DEATHS = Boolean.parseBoolean(System.getenv("CI")) ? 8 : 3;
  private static final int OTHER = 50;

  @TempDir private Path folder;
  private final AtomicInteger words = new AtomicInteger();
  private final AtomicInteger last = new AtomicInteger(Integer.MAX_VALUE);
  private final AtomicReference<@Nullable Process> living = new AtomicReference<>();
  private volatile boolean heard;

  /** The last word is never said, or it is heard but not answered. */
  private boolean word() {
    int n = words.incrementAndGet();
    Process process = living.get();
    if (n < last.get() || process == null) {
      return true;
    }
    process.destroyForcibly();
    return heard && n == last.get();
  }

  @Test
  void whoeverComesNextCompletesIt() throws Exception {
    try (Everywhere all = new Everywhere(Sample.SHOP, folder);
        Line database = new Line(all.database.getPortNumbers()[0])) {
      List<Somebody> people = new ArrayList<>();
      for (int i = 0; i <= DEATHS; i++) {
        people.add(all.put(i + 1));
      }
      all.put(OTHER);
      SortedMap<String, String> outside = all.outside();
      Rows rows = Rows.of(all.database);
      Rows theirs = Rows.of(all.database, Sample.SHOP.touched("0"));
      for (Somebody who : people) {
        theirs = theirs.and(Rows.of(all.database, Sample.SHOP.touched(who.id())));
        all.approved(who);
      }
      database.watch(this::word);
      all.watch(this::word);

      assertThat(run(all, database, 1)).as("exit code of one that lives").isEqualTo(1);
      int spoken = words.get();
      int killed = 0;
      for (int i = 1; i <= DEATHS; i++) {
        int share = Math.max(1, spoken / DEATHS);
        last.set(1 + (i - 1) * share + ThreadLocalRandom.current().nextInt(share));
        heard = i % 2 == 0;
        killed += run(all, database, i + 1) > 128 ? 1 : 0;
      }
      assertThat(killed).as("of %d deaths among %d words", DEATHS, spoken).isPositive();
      living.set(null);

      SortedMap<String, String> left = outside;
      for (Somebody who : people) {
        assertThat(all.goOn(who.id()).out())
            .as("request %s of %s", who.id(), spoken)
            .satisfies(Everywhere::accountsForEachPieceOnce)
            .containsPattern("(?m)^database +customer +anonymised +1$")
            .containsPattern("(?m)^database +visit +removed +10$")
            .containsPattern("(?m)^database +invoice +retained +4 ");
        assertThat(all.traces(who)).isEmpty();
        left = Everywhere.others(left, who);
      }
      assertThat(all.outside()).containsExactlyInAnyOrderEntriesOf(left);
      assertThat(Rows.changed(rows, theirs, Rows.of(all.database))).isEmpty();
      assertThat(Files.readAllLines(all.erasures)).hasSizeGreaterThanOrEqualTo(people.size());
    }
  }

  private int run(Everywhere all, Line database, int number) throws Exception {
    words.set(0);
    List<String> command = new ArrayList<>(LetheProcess.command());
    command.addAll(List.of("requests", "run", Integer.toString(number), "--yes"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LETHE_DB", all.url(database.port()));
    builder.environment().put("LETHE_CONFIG", all.policy.toString());
    builder.environment().put("LETHE_KEY", Everywhere.KEY);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("said.txt").toFile());
    Process process = builder.start();
    living.set(process);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
