package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lethe.testkit.server.Line;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A database with customers, and five places beside it in which they are too: Redis, CouchDB, an
 * HTTP service, a directory and another database; and the command line on them all.
 */
final class Everywhere implements AutoCloseable {

  static final String KEY = "a key that is only used by tests, 32+";

  private final Path folder;
  final PGSimpleDataSource database;
  final List<Place> places;
  final Path policy;
  final Path erasures;
  final Cli cli;

  Everywhere(Sample sample, Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    database = sample.database();
    int number = Servers.number();
    places =
        List.of(
            new RedisPlace(Servers.redis(), number),
            new CouchPlace(Servers.couch().url(), number),
            new ServicePlace(),
            new FilesPlace(folder.resolve("uploads")),
            new CrmPlace());
    erasures = folder.resolve("erasures.jsonl");
    StringBuilder text = new StringBuilder(sample.policy());
    text.append("requests: { erasures: \"").append(erasures).append("\" }\nstores:\n");
    places.forEach(p -> text.append(p.settings()));
    policy = Files.writeString(folder.resolve("lethe.yaml"), text);
    cli =
        new Cli()
            .db(ShopDatabase.url(database))
            .with("LETHE_CONFIG", policy.toString())
            .with("LETHE_KEY", KEY);
  }

  /** A customer, of whom there is something in every place from now on. */
  Somebody put(int customer) throws Exception {
    String email =
        new JdbcTemplate(database)
            .queryForObject(
                "select email from customer where customer_id = ?", String.class, customer);
    Somebody who = new Somebody(Integer.toString(customer), String.valueOf(email).strip());
    for (Place place : places) {
      place.put(who);
    }
    return who;
  }

  /** All there is outside of the database. */
  SortedMap<String, String> outside() throws Exception {
    SortedMap<String, String> all = new TreeMap<>();
    for (Place place : places) {
      place.content().forEach((where, what) -> all.put(place.name() + ": " + where, what));
    }
    return all;
  }

  /** What is not somebody's, of what there is. */
  static SortedMap<String, String> others(SortedMap<String, String> content, Somebody who) {
    SortedMap<String, String> others = new TreeMap<>(content);
    others
        .entrySet()
        .removeIf(
            e ->
                e.getValue().contains("-of-" + who.id() + "-end")
                    || e.getValue().contains(who.email())
                    || e.getValue().equals(who.id()));
    return others;
  }

  /** Wherever anything of somebody is still found, by looking at everything there is. */
  List<String> traces(Somebody who) throws Exception {
    List<String> texts = new ArrayList<>(List.of(who.email()));
    places.forEach(p -> texts.add(who.canary(p.name())));
    List<String> found = new ArrayList<>(Rows.mentioning(database, texts));
    SortedMap<String, String> outside = outside();
    outside.keySet().removeAll(others(outside, who).keySet());
    outside.keySet().forEach(found::add);
    return found;
  }

  /** Where the database is for whoever goes there over another port. */
  String url(int port) {
    return "postgresql://postgres@127.0.0.1:%d/%s".formatted(port, database.getDatabaseName());
  }

  /** Told of each message to a place from now on. */
  void watch(Line.Watch told) {
    places.stream().flatMap(p -> p.line().stream()).forEach(line -> line.watch(told));
  }

  /** Makes a place well, or not. */
  void is(String place, Line.Mood mood) throws Exception {
    place(place).is(mood);
  }

  Place place(String name) {
    return places.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  Cli.Result done(String... args) {
    Cli.Result result = cli.run(args);
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return result;
  }

  /** Takes an erasure as far as it goes before anything is done; the number of the request. */
  String approved(Somebody who) {
    String opened = done("requests", "open", "erasure", "customer", who.email()).out();
    String number = opened.replaceAll("(?s)request (\\d+) .*", "$1");
    done("requests", "verify", number, "--reason", "passport");
    done("requests", "collect", number);
    done("requests", "approve", number);
    return number;
  }

  /** Once the newsletter should have done it, and whoever died is not taken for living any more. */
  Cli.Result goOn(String number) throws InterruptedException {
    for (int i = 0; i < 40; i++) {
      Cli.Result shown = done("requests", "show", number);
      if (shown.out().contains(": completed")) {
        return shown;
      }
      Thread.sleep(500);
      if (shown.out().contains(": approved")) {
        // Whoever died had not even begun: nothing goes on by itself that was never begun.
        cli.run("requests", "run", number, "--yes");
      } else {
        cli.run("requests", "run", "--yes");
      }
    }
    throw new AssertionError("not completed in time: " + done("requests", "show", number).out());
  }

  /** However often it was tried. */
  static void accountsForEachPieceOnce(String shown) {
    assertThat(shown)
        .contains(": completed with retained data")
        .containsPattern("(?m)^crm +contact +removed +1$")
        .containsPattern("(?m)^crm +note +removed +2$")
        .containsPattern("(?m)^newsletter +\\S+ +removed +1$")
        .containsPattern("(?m)^profiles +\\S+ +removed +2$")
        .containsPattern("(?m)^sessions +cart:\\S+ +removed +1$")
        .containsPattern("(?m)^sessions +events +removed +1$")
        .containsPattern("(?m)^sessions +online +removed +1$")
        .containsPattern("(?m)^sessions +session:\\S+ +removed +1$")
        .containsPattern("(?m)^uploads +avatars\\S+ +removed +1$")
        .containsPattern("(?m)^uploads +letters\\S+ +removed +2$")
        .doesNotContain("unreachable", "unsupported", "not found");
  }

  /** How many rows there are. */
  long count(String table) {
    Long count =
        new JdbcTemplate(database).queryForObject("select count(*) from " + table, Long.class);
    return count == null ? -1 : count;
  }

  /** A file that a command was told to write into the folder. */
  String file(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Override
  public void close() {
    for (Place place : places) {
      place.close();
    }
  }
}
