package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** A backup of everything that is older than an erasure, brought back after it. */
@SuppressWarnings("NullAway") // JUnit sets the field
class EverywhereBackupTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"SHOP", "CHINOOK"})
  void whoWasErasedSinceIsErasedAgainEverywhereAndNobodyElse(Sample sample) throws Exception {
    try (Everywhere all = new Everywhere(sample, folder)) {
      Somebody before = all.put(5);
      List<Somebody> erased = List.of(all.put(6), all.put(8));
      Somebody never = all.put(7);
      erase(all, before);
      Instant backup = Instant.now();
      Map<Place, SortedMap<String, String>> places = new LinkedHashMap<>();
      for (Place place : all.places) {
        places.put(place, place.content());
      }
      PGSimpleDataSource copy = PostgresServer.shared().createDatabase(name(all.database));
      Rows rows = Rows.of(all.database);
      SortedMap<String, String> outside = all.outside();
      List<Rows> theirs = new ArrayList<>();
      for (Somebody who : erased) {
        theirs.add(Rows.of(all.database, sample.touched(who.id())));
        erase(all, who);
        assertThat(all.traces(who)).isEmpty();
      }

      restore(all.database, copy);
      for (Map.Entry<Place, SortedMap<String, String>> place : places.entrySet()) {
        place.getKey().putBack(place.getValue());
      }
      assertThat(all.outside()).containsExactlyInAnyOrderEntriesOf(outside);
      assertThat(erased).allSatisfy(who -> assertThat(all.traces(who)).isNotEmpty());
      Cli.Result look = all.cli.run("replay", "--since", backup.toString(), "--dry-run");
      assertThat(look.code()).isEqualTo(1);
      assertThat(look.err()).contains("2 erased since, 2 of them back");
      Cli.Result replayed = all.cli.run("replay", "--since", backup.toString(), "--yes");
      assertThat(replayed.code()).as("the newsletter's answers are to come").isEqualTo(1);
      all.goOn("2");
      String last = all.goOn("3").out();

      assertThat(last).satisfies(Everywhere::accountsForEachPieceOnce);
      SortedMap<String, String> left = outside;
      Rows touchable = theirs.get(0).and(theirs.get(1));
      for (Somebody who : erased) {
        assertThat(all.traces(who)).isEmpty();
        left = Everywhere.others(left, who);
      }
      assertThat(all.outside()).containsExactlyInAnyOrderEntriesOf(left);
      assertThat(all.traces(never)).hasSizeGreaterThan(10);
      assertThat(Rows.changed(rows, touchable, Rows.of(all.database))).isEmpty();
      assertThat(all.done("replay", "--since", backup.toString(), "--yes").err())
          .contains("0 of them back");
    }
  }

  private static void erase(Everywhere all, Somebody who) throws Exception {
    String number = all.approved(who);
    all.cli.run("requests", "run", number, "--yes");
    assertThat(all.goOn(number).out()).contains("completed with retained data");
  }

  private static void restore(PGSimpleDataSource database, PGSimpleDataSource copy) {
    PostgresServer server = PostgresServer.shared();
    server.dropDatabase(name(database));
    PostgresServer.execute(
        server.dataSource("postgres"),
        "create database %s template %s".formatted(name(database), name(copy)));
  }

  private static String name(PGSimpleDataSource database) {
    return String.valueOf(database.getDatabaseName());
  }
}
