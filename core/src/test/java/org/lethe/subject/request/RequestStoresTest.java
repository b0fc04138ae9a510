package org.lethe.subject.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lethe.store.StoreException;

/** Requests with stores that behave and stores that do not. */
class RequestStoresTest extends RequestScene {

  @Test
  void isErasedEverywhereAndForgetsWho() {
    MapStore cache =
        new MapStore("cache").with("p1@example.org/a", "p1@example.org/b", "p2@example.org/a");
    MapStore files = new MapStore("files").with("p1@example.org/photo");
    Requests requests = requests(POLICY, cache, files);

    Request done = throughTo(requests, State.COMPLETED);

    assertThat(texts("select id::text from person order by id")).containsExactly("2", "3");
    assertThat(cache.values).containsOnlyKeys("p2@example.org/a");
    assertThat(files.values).isEmpty();
    assertThat(outcomes(requests, done))
        .containsExactly(
            "database person removed 1",
            "database visit removed 3",
            "cache {email}/* removed 2",
            "files {email}/* removed 1");
    assertThat(texts("select sealed_subject::text from lethe.request")).containsOnlyNulls();
    assertThat(texts("select count(*)::text from lethe.request_piece")).containsExactly("0");
    assertThat(ledger()).doesNotContain("example.org").doesNotContain("Person 1");
  }

  @Test
  void whatAStoreNamesFirstIsErasedFirst() {
    MapStore store = new MapStore("crm");
    for (int n = 10; n < 40; n++) {
      store.with("p1@example.org/" + n);
    }
    Requests requests = requests(POLICY, store);
    // Found once everything else was: it goes in its place all the same.
    store.mood =
        call -> {
          if (call == 2) {
            store.with("p1@example.org/0");
          }
        };

    throughTo(requests, State.COMPLETED);

    assertThat(store.told).hasSize(31).isSorted().startsWith("p1@example.org/0");
  }

  @Test
  void whoAskedIsSealedWhileItRuns() {
    MapStore cache = new MapStore("cache").with("p1@example.org/a");
    Requests requests = requests(POLICY, cache);

    Request open = requests.open(Kind.ERASURE, person(POLICY, "1"), NOW, false, JO);
    requests.verification().byStatement(open.id(), JO);
    requests.collect(open.id(), ANN);

    assertThat(texts("select count(*)::text from lethe.request_piece")).containsExactly("1");
    assertThat(ledger()).doesNotContain("example.org").doesNotContain("Person 1");
  }

  @Test
  void aStoreThatIsDownHoldsUpNobodyAndIsAskedAgain() {
    MapStore down = new MapStore("down").with("p1@example.org/a");
    down.mood = MapStore.DOWN;
    MapStore up = new MapStore("up").with("p1@example.org/a");
    Requests requests = requests(POLICY, down, up);

    Request failed = throughTo(requests, State.PARTIALLY_FAILED);

    assertThat(up.values).isEmpty();
    assertThat(down.calls).as("twice while collecting, twice in the run").hasValue(4);
    assertThat(texts("select id::text from person order by id")).containsExactly("2", "3");
    assertThat(outcomes(requests, failed)).contains("down down unreachable 0 (it is down)");
    assertThat(failed.next()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    assertThat(requests.runDue(10, ANN, r -> {})).isEmpty();

    down.mood = call -> {};
    now = NOW.plus(Duration.ofMinutes(6));
    assertThat(requests.runDue(10, ANN, r -> {}))
        .singleElement()
        .extracting(Request::state)
        .isEqualTo(State.COMPLETED);
    assertThat(down.values).isEmpty();
    assertThat(outcomes(requests, failed)).contains("down {email}/* removed 1");
    assertThat(texts("select count(*)::text from lethe.request_piece")).containsExactly("0");
  }

  @Test
  void nonsenseAndFailuresOfOthersCodeNeitherStopTheRestNorSayWhoItWas() {
    MapStore nonsense = new MapStore("nonsense").with("p1@example.org/a");
    nonsense.mood = MapStore.NONSENSE;
    MapStore failing = new MapStore("failing").with("p1@example.org/a");
    failing.mood = MapStore.FAILS;
    MapStore hanging = new MapStore("hanging").with("p1@example.org/a");
    hanging.mood = MapStore::hangs;
    Requests requests = requests(POLICY, nonsense, failing, hanging);

    Request failed = throughTo(requests, State.PARTIALLY_FAILED);

    assertThat(outcomes(requests, failed))
        .contains(
            "nonsense nonsense unreachable 0 (it answers nonsense)",
            "failing failing unreachable 0 (failing failed: java.lang.IllegalStateException)",
            "hanging hanging unreachable 0 (hanging did not answer within 1 seconds)");
    assertThat(ledger()).doesNotContain("example.org");
  }

  @Test
  void aRunThatDiesHalfWayIsTakenUpWhereItStopped() {
    MapStore store =
        new MapStore("cache").with("p1@example.org/a", "p1@example.org/b", "p1@example.org/c");
    Requests requests = requests(POLICY, store);
    // The second is erased, but the line is cut before the answer; and the process with it.
    store.afterErasing =
        () -> {
          if (store.values.size() == 1) {
            throw new StoreException("the line is cut", false);
          }
        };
    Request failed = throughTo(requests, State.PARTIALLY_FAILED);
    store.afterErasing = () -> {};

    Request done = requests.run(failed.id(), ANN);

    assertThat(done.state()).isEqualTo(State.COMPLETED);
    assertThat(store.values).isEmpty();
    assertThat(outcomes(requests, done)).contains("cache {email}/* removed 3");
  }

  @Test
  void runningTwiceChangesNothing() {
    MapStore store = new MapStore("cache").with("p1@example.org/a");
    Requests requests = requests(POLICY, store);
    Request done = throughTo(requests, State.COMPLETED);
    String before = ledger();

    assertThatThrownBy(() -> requests.run(done.id(), ANN)).isInstanceOf(RequestException.class);

    assertThat(ledger()).isEqualTo(before);
  }

  @Test
  void whatIsAddedWhileItRunsIsFound() {
    MapStore store = new MapStore("cache").with("p1@example.org/a");
    Requests requests = requests(POLICY, store);
    store.mood =
        call -> {
          if (store.values.isEmpty()) {
            store.mood = c -> {};
            store.with("p1@example.org/late");
          }
        };

    Request done = throughTo(requests, State.COMPLETED);

    assertThat(store.values).isEmpty();
    assertThat(outcomes(requests, done)).contains("cache {email}/* removed 2");
  }

  @Test
  void anAnswerThatComesLaterIsWaitedFor() {
    MapStore store = new MapStore("slow").with("p1@example.org/a");
    store.later.set(1);
    Requests requests = requests(POLICY, store);

    Request waiting = throughTo(requests, State.PARTIALLY_FAILED);
    assertThat(outcomes(requests, waiting))
        .contains("slow slow unreachable 0 (its answer is still to come)");
    now = NOW.plus(Duration.ofMinutes(2));

    assertThat(requests.runDue(10, ANN, r -> {}))
        .singleElement()
        .extracting(Request::state)
        .isEqualTo(State.COMPLETED);
    assertThat(outcomes(requests, waiting)).contains("slow {email}/* removed 1");
  }

  @Test
  void aStoreThatCannotEraseIsNeverCalledComplete() {
    MapStore store = new MapStore("tape").with("p1@example.org/a");
    store.erases = false;
    Requests requests = requests(POLICY, store);

    Request failed = throughTo(requests, State.PARTIALLY_FAILED);

    assertThat(outcomes(requests, failed))
        .contains("tape tape unsupported 1 (this store cannot erase)");
  }

  @Test
  void goingOnWithAStoreDoesNotEraseHereTwice() {
    String policy = POLICY.replace("erase: delete", "erase: anonymise");
    MapStore down = new MapStore("down").with("p1@example.org/a");
    down.mood = MapStore.DOWN;
    Requests requests = requests(policy, down);
    Request failed = throughTo(requests, State.PARTIALLY_FAILED);
    List<@Nullable String> name = texts("select name from person where id = 1");
    down.mood = call -> {};

    Request done = requests.run(failed.id(), ANN);

    assertThat(done.state()).isEqualTo(State.COMPLETED);
    assertThat(texts("select name from person where id = 1")).isEqualTo(name);
    assertThat(outcomes(requests, done)).contains("database person anonymised 1");
  }
}
