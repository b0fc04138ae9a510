package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.testkit.server.Line.Mood;

/** Places that are down, hang, talk nonsense or break off in the middle of an erasure. */
@SuppressWarnings("NullAway") // JUnit sets the field
class EverywhereTroubleTest {

  private static final List<Mood> MOODS = List.of(Mood.values());
  private static final int THEM = 6;
  private static final int OTHER = 7;

  @TempDir private Path folder;

  /** In each of five runs every place has another trouble, so that each has every trouble once. */
  @Test
  void eachPlaceWithEachTroubleHoldsUpNobodyAndIsDoneOnceItIsWell() throws Exception {
    List<Callable<Void>> runs = new ArrayList<>();
    for (int shift = 0; shift < MOODS.size(); shift++) {
      int by = shift;
      runs.add(
          () -> {
            trouble(by);
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(runs.size());
    try {
      for (Future<Void> run : threads.invokeAll(runs)) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void trouble(int shift) throws Exception {
    try (Everywhere all = new Everywhere(Sample.SHOP, folder.resolve("run" + shift))) {
      Somebody who = all.put(THEM);
      all.put(OTHER);
      SortedMap<String, String> before = all.outside();
      Map<String, Mood> moods = new LinkedHashMap<>();
      for (int i = 0; i < all.places.size(); i++) {
        moods.put(all.places.get(i).name(), MOODS.get((i + shift) % MOODS.size()));
      }
      all.approved(who);
      for (Map.Entry<String, Mood> mood : moods.entrySet()) {
        all.is(mood.getKey(), mood.getValue());
      }

      Cli.Result bad = all.cli.run("requests", "run", "1", "--yes");

      String said = moods + "\n" + bad.out() + bad.err();
      assertThat(bad.code()).as(said).isEqualTo(1);
      assertThat(bad.out()).as(said).contains("partially failed").doesNotContain(who.email());
      assertThat(all.count("customer where email = '%s'".formatted(who.email())))
          .as("the database waits for nobody")
          .isZero();
      for (Place place : all.places) {
        all.is(place.name(), Mood.GOOD);
        boolean well = moods.get(place.name()) == Mood.GOOD && !place.name().equals("newsletter");
        boolean done = !bad.out().matches("(?sm).*^%1$s +%1$s .*".formatted(place.name()));
        SortedMap<String, String> there = place.content();
        boolean gone = there.equals(Everywhere.others(there, who));
        if (well || done) {
          assertThat(gone).as("%s is done. %s", place.name(), said).isTrue();
        } else {
          assertThat(bad.out())
              .as(said)
              .containsPattern("(?m)^%1$s +%1$s +unreachable +0 ".formatted(place.name()));
        }
      }
      Thread.sleep(1_100);
      while (all.cli.run("requests", "run", "1", "--yes").code() != 0) {
        assertThat(all.done("requests", "show", "1").out()).contains("still to come");
        Thread.sleep(1_100);
      }

      assertThat(all.traces(who)).as(said).isEmpty();
      assertThat(all.outside()).containsExactlyInAnyOrderEntriesOf(Everywhere.others(before, who));
      assertThat(all.done("requests", "show", "1").out())
          .as(said)
          .satisfies(Everywhere::accountsForEachPieceOnce);
      runningAgainChangesNothing(all);
    }
  }

  private static void runningAgainChangesNothing(Everywhere all) throws Exception {
    Rows rows = Rows.of(all.database);
    SortedMap<String, String> outside = all.outside();
    String outcomes = all.done("requests", "show", "1").out().replaceAll("(?m)^20.*\n", "");

    all.cli.run("requests", "run", "1", "--yes");
    all.cli.run("requests", "run", "--yes");

    Rows after = Rows.of(all.database);
    assertThat(rows.without(after)).isEmpty();
    assertThat(after.without(rows)).isEmpty();
    assertThat(all.outside()).containsExactlyInAnyOrderEntriesOf(outside);
    assertThat(all.done("requests", "show", "1").out().replaceAll("(?m)^20.*\n", ""))
        .isEqualTo(outcomes);
  }

  /** Somebody signs in, and uploads a picture, while the erasure goes on. */
  @Test
  void whatIsAddedWhileItRunsIsFoundOrTold() throws Exception {
    try (Everywhere all = new Everywhere(Sample.SHOP, folder)) {
      Somebody who = all.put(THEM);
      Place sessions = all.place("sessions");
      CrmPlace crm = (CrmPlace) all.place("crm");
      AtomicInteger messages = new AtomicInteger();
      sessions
          .line()
          .orElseThrow()
          .watch(
              () -> {
                if (messages.incrementAndGet() == 6) {
                  ((RedisPlace) sessions).put(who);
                }
                return true;
              });
      AtomicInteger asked = new AtomicInteger();
      crm.line()
          .orElseThrow()
          .watch(
              () -> {
                if (asked.incrementAndGet() % 25 == 0) {
                  crm.addNote(who);
                }
                return true;
              });
      Cli.Result first =
          all.cli.run("erase", "customer", who.email(), "--yes", "--reason", "by letter");
      all.watch(() -> true);

      boolean told = first.out().contains("crm         crm");
      boolean there = all.place("crm").content().toString().contains(who.canary("crm"));
      assertThat(there && !told).as("left behind without a word\n" + first.out()).isFalse();
      assertThat(all.place("sessions").content()).isEmpty();
      Thread.sleep(1_100);
      all.done("requests", "run", "1", "--yes");
      assertThat(all.traces(who)).isEmpty();
    }
  }

  @Test
  void aDirectoryWithoutRightsIsTold() throws Exception {
    try (Everywhere all = new Everywhere(Sample.SHOP, folder)) {
      Somebody who = all.put(THEM);
      Path letters = folder.resolve("uploads").resolve("letters").resolve(who.id());
      Assumptions.assumeTrue(
          letters.toFile().setWritable(false) && !Files.isWritable(letters),
          "this user may write everywhere, so nothing can be kept from it");
      Cli.Result result =
          all.cli.run("erase", "customer", who.email(), "--yes", "--reason", "by letter");
      assertThat(result.out()).containsPattern("uploads +uploads +unreachable");
      assertThat(letters.toFile().setWritable(true)).isTrue();
      Thread.sleep(1_100);
      all.done("requests", "run", "1", "--yes");
      assertThat(all.traces(who)).isEmpty();
    }
  }
}
