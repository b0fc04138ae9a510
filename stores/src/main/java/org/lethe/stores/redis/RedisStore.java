package org.lethe.stores.redis;

import io.lettuce.core.api.sync.RedisCommands;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.lethe.store.Answer;
import org.lethe.store.Description;
import org.lethe.store.ExportSink;
import org.lethe.store.FullSearch;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Shape;
import org.lethe.store.Store;
import org.lethe.store.StoreSettings;
import org.lethe.store.Subject;
import org.lethe.stores.Handle;
import org.lethe.stores.Mentions;
import org.lethe.stores.Shapes;

/** Data of people in one Redis server. Thread-safe. */
final class RedisStore implements Store, FullSearch {

  private static final int SAMPLE = 20_000;

  private final String name;
  private final List<Place> places;
  private final Connection connection;

  RedisStore(StoreSettings settings) {
    name = settings.name();
    places = Places.of(settings);
    connection = new Connection(settings);
  }

  @Override
  public Description describe() {
    return new Description(
        name,
        RedisStoreFactory.KIND,
        true,
        true,
        "one server, not a cluster; its snapshot and append-only files keep what they have until"
            + " the server writes them anew");
  }

  @Override
  public void locate(Subject who, Consumer<Locator> found) {
    for (Place place : places) {
      ask(
          redis -> {
            place.locate(redis, who, found);
            return true;
          });
    }
  }

  @Override
  public void export(Locator piece, ExportSink to) {
    Handle at = Handle.of(piece);
    Pieces pieces = Sort.of(piece, at).pieces();
    ask(
        redis -> {
          pieces.export(redis, piece, at, to);
          return true;
        });
  }

  @Override
  public Answer erase(Locator piece) {
    Handle at = Handle.of(piece);
    Pieces pieces = Sort.of(piece, at).pieces();
    long gone = ask(redis -> pieces.erase(redis, piece, at));
    return new Answer.Done(gone > 0 ? Outcome.REMOVED : Outcome.NOT_FOUND, gone);
  }

  @Override
  public boolean holds(Locator piece) {
    Handle at = Handle.of(piece);
    Pieces pieces = Sort.of(piece, at).pieces();
    return ask(redis -> pieces.holds(redis, piece, at));
  }

  @Override
  public List<Shape> survey() {
    Map<String, Pattern> known = new LinkedHashMap<>();
    for (Place place : places) {
      Glob glob = place.glob();
      known.put(glob.toString(), glob.anybody());
    }
    Shapes shapes = new Shapes();
    return ask(
        redis -> {
          Scan.sample(redis, SAMPLE, key -> add(shapes, known, Bytes.named(key)));
          return shapes.list();
        });
  }

  private static void add(Shapes shapes, Map<String, Pattern> known, String key) {
    known.entrySet().stream()
        .filter(pattern -> pattern.getValue().matcher(key).matches())
        .findFirst()
        .ifPresentOrElse(p -> shapes.covered(p.getKey()), () -> shapes.uncovered(key));
  }

  @Override
  public List<String> mentions(String text) {
    Mentions found = new Mentions(text);
    return ask(
        redis -> {
          Scan.sample(redis, Integer.MAX_VALUE, key -> KeySearch.look(redis, key, found));
          return found.places();
        });
  }

  private <T> T ask(Function<RedisCommands<byte[], byte[]>, T> question) {
    return connection.ask(question);
  }

  @Override
  public void close() {
    connection.close();
  }
}
