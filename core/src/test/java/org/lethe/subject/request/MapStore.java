package org.lethe.subject.request;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lethe.store.Answer;
import org.lethe.store.Description;
import org.lethe.store.ExportSink;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.Subject;

/** A store in memory that can be down, slow, out of its mind, or die half-way. */
final class MapStore implements Store {

  final Map<String, String> values = new ConcurrentHashMap<>();
  final AtomicInteger calls = new AtomicInteger();

  /** Keys it was told to erase, one after the other. */
  final List<String> told = new CopyOnWriteArrayList<>();

  private final String name;

  /** What it does before it answers, with the number of the call; may throw. */
  volatile Consumer<Integer> mood = call -> {};

  /** What happens once a piece is erased and before that is answered; may throw. */
  volatile Runnable afterErasing = () -> {};

  volatile boolean erases = true;

  /** How often an erasure is answered with "later". */
  final AtomicInteger later = new AtomicInteger();

  MapStore(String name) {
    this.name = name;
  }

  /** Each key that starts with what a person is called, and a slash. */
  MapStore with(String... keys) {
    for (String key : keys) {
      values.put(key, "value of " + key);
    }
    return this;
  }

  static final Consumer<Integer> DOWN =
      call -> {
        throw new StoreException("it is down", true);
      };

  static final Consumer<Integer> NONSENSE =
      call -> {
        throw new StoreException("it answers nonsense", false);
      };

  static final Consumer<Integer> FAILS =
      call -> {
        throw new IllegalStateException("p1@example.org is not in my list");
      };

  static void hangs(int call) {
    try {
      Thread.sleep(Duration.ofMinutes(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void called() {
    mood.accept(calls.incrementAndGet());
  }

  @Override
  public Description describe() {
    return new Description(name, "map", true, erases, "");
  }

  @Override
  public void locate(Subject who, Consumer<Locator> found) {
    called();
    for (String email : who.values("email")) {
      new TreeMap<>(values)
          .keySet().stream()
              .filter(k -> k.startsWith(email + "/"))
              .forEach(k -> found.accept(new Locator("{email}/*", k)));
    }
  }

  @Override
  public void export(Locator piece, ExportSink to) {
    called();
    @Nullable String value = values.get(piece.handle());
    if (value != null) {
      to.record(piece.place(), Map.of("value", value));
    }
  }

  @Override
  public Answer erase(Locator piece) {
    called();
    told.add(piece.handle());
    if (later.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      return new Answer.Pending("job of " + piece.handle(), Duration.ofMinutes(1));
    }
    boolean there = values.remove(piece.handle()) != null;
    afterErasing.run();
    return there ? new Answer.Done(Outcome.REMOVED, 1) : new Answer.Done(Outcome.NOT_FOUND, 0);
  }

  @Override
  public Answer lookAgain(Locator piece, String reference) {
    called();
    if (!reference.equals("job of " + piece.handle())) {
      throw new StoreException("an unknown job", false);
    }
    values.remove(piece.handle());
    return new Answer.Done(Outcome.REMOVED, 1);
  }

  @Override
  public boolean holds(Locator piece) {
    called();
    return values.containsKey(piece.handle());
  }

  static List<Store> all(MapStore... stores) {
    return List.of(stores);
  }
}
