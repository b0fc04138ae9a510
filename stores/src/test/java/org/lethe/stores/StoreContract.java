package org.lethe.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lethe.store.Answer;
import org.lethe.store.FullSearch;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.StoreFactory;
import org.lethe.store.StoreSettings;
import org.lethe.store.Subject;
import org.slf4j.LoggerFactory;

/**
 * What every adapter does, whatever it speaks to. A subclass brings a server, puts a person's data
 * into it and says what is in it.
 */
@Timeout(120)
public abstract class StoreContract {

  /** Each the beginning of the next: what finds too much finds these. */
  protected static final String SHORT = "jane.471";

  protected static final String JANE = "jane.4711";
  protected static final String LONG = "jane.47110";

  /** Values that mean something to one place or another. */
  private static final List<String> AWKWARD =
      List.of(
          "*",
          "?",
          "a[b-z]c",
          "[a]",
          "a\\*",
          "{email}",
          "%",
          "_",
          "$1",
          "\\Q",
          "' or '1'='1",
          "\"",
          "a b",
          "ü€😀",
          "a&b=c#d",
          "^a$",
          "null",
          "true",
          "7");

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  /** What the policy says of the store. */
  protected abstract Map<String, Object> settings();

  /** The same with nobody there to answer. */
  protected abstract Map<String, Object> settingsOfNobody();

  /**
   * Puts data of a person in: as many pieces as {@link #pieces}, each with {@link #secretOf} in it.
   */
  protected abstract void put(String customer) throws Exception;

  protected abstract int pieces();

  /** All that is in the store, by what tells one thing from the other. */
  protected abstract Map<String, String> content() throws Exception;

  /** Values that cannot occur here. */
  protected List<String> impossible() {
    return List.of();
  }

  /** Whether all of it can be looked through. */
  protected boolean searchable() {
    return true;
  }

  /** What an erasure of a single piece comes to. */
  protected Outcome erased() {
    return Outcome.REMOVED;
  }

  protected static String secretOf(String customer) {
    return "secret of <" + customer + ">";
  }

  protected static Subject person(String customer) {
    return new Subject("customer", Map.of("customer_id", List.of(customer)));
  }

  /** Opens a store as the command line does: by the key in its settings. */
  public static Store open(Map<String, Object> settings) {
    StoreSettings all = StoreSettings.of("tested", settings, name -> null);
    for (StoreFactory factory : ServiceLoader.load(StoreFactory.class)) {
      if (all.has(factory.kind())) {
        return factory.open(all);
      }
    }
    throw new AssertionError("no factory for " + settings.keySet());
  }

  protected static List<Locator> locate(Store store, Subject who) {
    List<Locator> found = new ArrayList<>();
    store.locate(who, found::add);
    return found;
  }

  @BeforeEach
  void listen() {
    log.start();
    root().addAppender(log);
    root().setLevel(Level.INFO);
  }

  @AfterEach
  void nothingPersonalInTheLog() {
    root().detachAppender(log);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains(SHORT) || line.contains("secret of"));
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  }

  @Test
  void findsAllOfAPersonAndNothingOfOthers() throws Exception {
    put(SHORT);
    put(JANE);
    put(LONG);
    try (Store store = open(settings())) {
      List<Locator> found = locate(store, person(JANE));
      assertThat(found).hasSize(pieces()).doesNotHaveDuplicates();
      assertThat(found).allMatch(store::holds);
      assertThat(found).allMatch(p -> !p.place().contains(SHORT) && !p.toString().contains(SHORT));
      assertThat(locate(store, person("nobody"))).isEmpty();
    }
  }

  @Test
  void findsNothingWhereThePersonHasNoValue() throws Exception {
    put(JANE);
    try (Store store = open(settings())) {
      assertThat(locate(store, new Subject("customer", Map.of()))).isEmpty();
      assertThat(locate(store, person(""))).isEmpty();
      assertThat(locate(store, new Subject("customer", Map.of("email", List.of(JANE))))).isEmpty();
    }
  }

  @Test
  void findsWhatIsOfEitherValueWhereThereAreTwo() throws Exception {
    put(SHORT);
    put(JANE);
    put(LONG);
    Subject both = new Subject("customer", Map.of("customer_id", List.of(SHORT, LONG)));
    try (Store store = open(settings())) {
      assertThat(locate(store, both)).hasSize(2 * pieces()).doesNotHaveDuplicates();
    }
  }

  @Test
  void handsOutAllOfAPersonAndNothingOfOthers() throws Exception {
    put(SHORT);
    put(JANE);
    put(LONG);
    try (Store store = open(settings())) {
      Collected all = new Collected();
      for (Locator piece : locate(store, person(JANE))) {
        Collected one = new Collected();
        store.export(piece, one);
        assertThat(one.text()).contains(secretOf(JANE));
        store.export(piece, all);
      }
      assertThat(all.text()).doesNotContain(secretOf(SHORT)).doesNotContain(secretOf(LONG));
    }
  }

  @Test
  void erasesOnceAndLeavesOthersAsTheyAre() throws Exception {
    put(SHORT);
    put(LONG);
    Map<String, String> others = content();
    put(JANE);
    assertThat(content()).isNotEqualTo(others);
    try (Store store = open(settings())) {
      List<Locator> pieces = locate(store, person(JANE));
      for (Locator piece : pieces) {
        assertThat(store.erase(piece)).isEqualTo(new Answer.Done(erased(), 1));
        assertThat(store.holds(piece)).isFalse();
      }
      Map<String, String> after = content();
      assertUnchanged(others, after);
      for (Locator piece : pieces) {
        assertThat(store.erase(piece)).isEqualTo(new Answer.Done(Outcome.NOT_FOUND, 0));
        assertThat(store.holds(piece)).isFalse();
        Collected nothing = new Collected();
        store.export(piece, nothing);
        assertThat(nothing.text()).doesNotContain(secretOf(JANE));
      }
      assertThat(content()).isEqualTo(after);
      assertThat(locate(store, person(JANE))).isEmpty();
    }
  }

  /** What others have is still there, byte for byte; what was to be removed is not. */
  private void assertUnchanged(Map<String, String> others, Map<String, String> after) {
    if (erased() == Outcome.REMOVED) {
      assertThat(after).isEqualTo(others);
    } else {
      assertThat(after).containsAllEntriesOf(others);
      assertThat(after.toString()).doesNotContain(secretOf(JANE));
    }
  }

  @Test
  void erasesWhatWasWrittenDownBeforeACrash() throws Exception {
    put(JANE);
    put(LONG);
    List<Locator> writtenDown;
    try (Store store = open(settings())) {
      writtenDown = locate(store, person(JANE));
      store.erase(writtenDown.get(0));
    }
    try (Store another = open(settings())) {
      for (Locator piece : writtenDown) {
        another.erase(new Locator(piece.place(), piece.handle()));
      }
      assertThat(writtenDown).noneMatch(another::holds);
      assertThat(locate(another, person(JANE))).isEmpty();
      assertThat(locate(another, person(LONG))).hasSize(pieces());
    }
  }

  @Test
  void takesAwkwardValuesForWhatTheyAre() throws Exception {
    List<String> values = new ArrayList<>(AWKWARD);
    values.removeAll(impossible());
    put("a");
    put("abc");
    Map<String, String> others = content();
    for (String value : values) {
      put(value);
    }
    try (Store store = open(settings())) {
      for (String value : AWKWARD) {
        List<Locator> found = locate(store, person(value));
        assertThat(found).as(value).hasSize(impossible().contains(value) ? 0 : pieces());
        for (Locator piece : found) {
          assertThat(store.erase(piece)).as(value).isEqualTo(new Answer.Done(erased(), 1));
          assertThat(store.holds(piece)).as(value).isFalse();
        }
        if (impossible().contains(value)) {
          continue;
        }
        for (String other : values.subList(values.indexOf(value) + 1, values.size())) {
          assertThat(content().toString()).as(value).contains(secretOf(other));
        }
      }
      assertUnchanged(others, content());
    }
  }

  @Test
  void searchesAllItHasWhateverThePolicySays() throws Exception {
    put(SHORT);
    put(JANE);
    put(LONG);
    try (Store store = open(settings())) {
      assertThat(store instanceof FullSearch).isEqualTo(searchable());
      if (store instanceof FullSearch all) {
        assertThat(all.mentions(secretOf(JANE))).hasSizeGreaterThanOrEqualTo(pieces());
        locate(store, person(JANE)).forEach(store::erase);
        assertThat(all.mentions(secretOf(JANE))).isEmpty();
        assertThat(all.mentions(secretOf(LONG))).isNotEmpty();
      }
    }
    if (searchable()) {
      try (Store store = open(settingsOfNobody())) {
        assertPasses(() -> ((FullSearch) store).mentions(secretOf(JANE)));
      }
    }
  }

  @Test
  void servesManyAtOnce() throws Exception {
    List<String> people = List.of("p1", "p2", "p3", "p4", "p5", "p6");
    for (String one : people) {
      put(one);
    }
    ExecutorService threads = Executors.newFixedThreadPool(people.size());
    try (Store store = open(settings())) {
      List<Future<Integer>> done = new ArrayList<>();
      for (String one : people) {
        done.add(
            threads.submit(
                () -> {
                  List<Locator> pieces = locate(store, person(one));
                  pieces.forEach(store::erase);
                  return pieces.size();
                }));
      }
      for (Future<Integer> one : done) {
        assertThat(one.get()).isEqualTo(pieces());
      }
      for (String one : people) {
        assertThat(locate(store, person(one))).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    put(JANE);
    List<Locator> pieces;
    try (Store store = open(settings())) {
      pieces = locate(store, person(JANE));
    }
    long start = System.nanoTime();
    try (Store store = open(settingsOfNobody())) {
      assertThat(store.describe().name()).isEqualTo("tested");
      assertPasses(() -> locate(store, person(JANE)));
      assertPasses(() -> store.export(pieces.get(0), new Collected()));
      assertPasses(() -> store.erase(pieces.get(0)));
      assertPasses(() -> store.holds(pieces.get(0)));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    try (Store store = open(settings())) {
      assertThat(pieces).allMatch(store::holds);
    }
  }

  /** That a call fails, may go well later, and says nothing personal. */
  protected static void assertPasses(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.passing()).as(e.getMessage()).isTrue();
              assertThat(e.getMessage()).startsWith("tested").doesNotContain(SHORT);
            });
  }

  /** That a call fails for good, and says nothing personal. */
  protected static void assertFails(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.passing()).as(e.getMessage()).isFalse();
              assertThat(e.getMessage()).contains(words).doesNotContain(SHORT);
            });
  }

  @Test
  void refusesAHandleOfSomebodyElse() {
    try (Store store = open(settings())) {
      assertFails(() -> store.erase(new Locator("somewhere", "not mine")), "somewhere");
      assertFails(() -> store.holds(new Locator("somewhere", "{}")), "somewhere");
      assertFails(() -> store.holds(new Locator("somewhere", "{\"x\":[\"y\"]}")), "somewhere");
    }
  }
}
