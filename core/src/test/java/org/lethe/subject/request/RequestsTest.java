package org.lethe.subject.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.execute.Backoff;
import org.lethe.execute.Executor;
import org.lethe.execute.Transactions;
import org.lethe.policy.Decisions;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.TableId;
import org.lethe.store.Outcome;
import org.lethe.store.StoreException;
import org.lethe.subject.Key;
import org.lethe.subject.People;
import org.lethe.subject.Person;
import org.lethe.subject.Settled;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Requests from their receipt to their end, with stores that behave and stores that do not. */
class RequestsTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final By JO = new By("jo", "a letter with a copy of the passport");
  private static final By ANN = new By("ann", null);
  private static final Key KEY = Key.of("a key that is only used by tests, 32+");

  private static final Patience SHORT =
      new Patience(2, Duration.ofMillis(2), Duration.ofSeconds(1), Duration.ofMinutes(5));

  private static final String SCHEMA =
      """
      create table person (id int primary key, email text not null, name text not null);
      create table visit (id int primary key, person_id int not null references person on delete cascade);
      create table invoice (id int primary key, person_id int not null references person, issued date not null);
      create table note (id int primary key, body text not null);
      insert into person select n, 'p' || n || '@example.org', 'Person ' || n from generate_series(1, 3) as n;
      insert into visit select n, 1 + n % 2 from generate_series(1, 6) as n;
      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        person:
          columns:
            email: { category: contact }
            name: { category: name }
          erase: delete
        invoice:
          retain: { for: P10Y, from: issued, ground: "17(3)(b)" }
      relations:
        invoice.person_id: { on_delete: cascade, owner: sole }
      subjects:
        person: { table: person, identify_by: [email, id] }
      """;

  private PGSimpleDataSource database = new PGSimpleDataSource();
  private JdbcTemplate sql = new JdbcTemplate();
  private Instant now = NOW;

  @BeforeEach
  void create() {
    database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, SCHEMA);
    LedgerSchema.migrate(database);
    sql = new JdbcTemplate(database);
  }

  @Test
  void everyStateAndNoOther() {
    String table =
        Arrays.stream(State.values())
            .map(
                from ->
                    from.word()
                        + ": "
                        + Arrays.stream(State.values())
                            .filter(from::mayBecome)
                            .map(State::word)
                            .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("\n"));

    assertThat(table)
        .isEqualTo(
            """
            received: verified, denied, withdrawn
            verified: collected, denied, withdrawn
            collected: collected, approved, denied, withdrawn
            approved: collected, running, denied, withdrawn
            running: completed, completed with retained data, partially failed
            completed:\s
            completed with retained data: running
            partially failed: running
            denied:\s
            withdrawn:\s"""
                .replace("\\s", " "));
  }

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
  void whoAskedIsSealedWhileItRuns() {
    MapStore cache = new MapStore("cache").with("p1@example.org/a");
    Requests requests = requests(POLICY, cache);

    Request open = requests.open(Kind.ERASURE, person(POLICY, "1"), NOW, false, JO);
    requests.verify(open.id(), JO);
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
  void whatTheLawWantsIsKeptAndGoesWhenItsTimeIsOver() {
    sql.update("insert into invoice values (1, 1, '2020-05-05'), (2, 2, '2020-05-05')");
    Requests requests = requests(POLICY);

    Request kept = throughTo(requests, State.COMPLETED_WITH_RETAINED_DATA);

    assertThat(outcomes(requests, kept))
        .contains(
            "database invoice retained 1 (17(3)(b)) until 2030-05-05T00:00:00Z",
            "database person anonymised 1");
    assertThat(kept.next()).isEqualTo(Instant.parse("2030-05-05T00:00:00Z"));
    now = Instant.parse("2030-05-05T00:00:01Z");
    assertThat(requests.runDue(10, ANN, r -> {}))
        .singleElement()
        .extracting(Request::state)
        .isEqualTo(State.COMPLETED);
    assertThat(texts("select id::text from invoice")).containsExactly("2");
    assertThat(texts("select id::text from person order by id")).containsExactly("2", "3");
    assertThat(outcomes(requests, kept)).contains("database invoice removed 1");
  }

  @Test
  void whatStillMentionsThePersonIsFound() {
    sql.update("insert into note values (1, 'call P1@example.org'), (2, 'xp1@example.orgs')");
    Requests requests = requests(POLICY);

    Request failed = throughTo(requests, State.PARTIALLY_FAILED);
    assertThat(outcomes(requests, failed))
        .contains("database note.body unsupported 1 (still mentions the person)");

    sql.update("delete from note");
    assertThat(requests.run(failed.id(), ANN).state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void whatLiesInTheTrashGoesToo() {
    Lethe lethe = Lethe.of(database, PolicyReader.read("lethe.yaml", POLICY));
    TableId visits = new TableId("public", "visit");
    UUID mixed =
        lethe
            .trash()
            .delete(new Roots.Where(visits, "id in (1, 2)"), Period.ofDays(30), JO)
            .deletion();
    sql.update("insert into person values (4, 'p1@example.org', 'Person 1')");
    TableId people = new TableId("public", "person");
    lethe.trash().delete(new Roots.Keys(people, List.of(List.of("4"))), Period.ofDays(30), JO);
    sql.update("insert into visit values (9, 3)");
    Requests requests = requests(POLICY);

    Request failed = throughTo(requests, State.PARTIALLY_FAILED);

    assertThat(outcomes(requests, failed))
        .contains(
            "trash visit removed 1",
            "database rows in the trash unsupported 1 (still mentions the person)");
    lethe.trash().restore(Objects.requireNonNull(mixed), JO);
    assertThat(texts("select id || '-' || person_id from visit order by id"))
        .doesNotContain("2-1")
        .contains("1-2");
  }

  @Test
  void deadlinesAreCalendarMonthsAndPutOffOnceWithAReason() {
    Requests requests = requests(POLICY);
    Request open = requests.open(Kind.ACCESS, person(POLICY, "1"), NOW, false, JO);

    assertThat(open.due()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    assertThatThrownBy(() -> requests.extend(open.id(), ANN))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("reason");
    Request extended = requests.extend(open.id(), new By("ann", "many requests"));
    assertThat(extended.due()).isEqualTo(Instant.parse("2026-05-01T00:00:00Z"));
    assertThatThrownBy(() -> requests.extend(open.id(), new By("ann", "more")))
        .hasMessageContaining("once");

    Requests ccpa = requests(POLICY + "requests: { law: ccpa }\n");
    Request other = ccpa.open(Kind.ERASURE, person(POLICY, "2"), NOW, false, JO);
    assertThat(other.due()).isEqualTo(Instant.parse("2026-03-18T00:00:00Z"));
    now = Instant.parse("2026-04-01T00:00:00Z");
    assertThatThrownBy(() -> ccpa.extend(other.id(), new By("ann", "late")))
        .hasMessageContaining("late already");
  }

  @Test
  void aMailedWordIsGoodOnceAndForAWeek() {
    Requests requests = requests(POLICY);
    Request open = requests.open(Kind.ACCESS, person(POLICY, "1"), NOW, false, JO);
    String first = requests.verificationWord(open.id(), ANN);
    String second = requests.verificationWord(open.id(), ANN);

    assertThatThrownBy(() -> requests.verifyByWord(first)).isInstanceOf(RequestException.class);
    now = NOW.plus(Duration.ofDays(8));
    assertThatThrownBy(() -> requests.verifyByWord(second)).isInstanceOf(RequestException.class);
    now = NOW.plus(Duration.ofDays(6));
    assertThat(requests.verifyByWord(second).state()).isEqualTo(State.VERIFIED);
    assertThatThrownBy(() -> requests.verifyByWord(second)).isInstanceOf(RequestException.class);
    assertThat(ledger()).doesNotContain(first).doesNotContain(second);
  }

  @Test
  void duplicatesDenialAndWithdrawal() {
    Requests requests = requests(POLICY);
    Request open = requests.open(Kind.ERASURE, person(POLICY, "1"), NOW, false, JO);

    assertThatThrownBy(() -> requests.open(Kind.ERASURE, person(POLICY, "1"), NOW, false, JO))
        .hasMessageContaining("in request 1 (received)");
    assertThat(requests.open(Kind.ACCESS, person(POLICY, "1"), NOW, false, JO).number())
        .isEqualTo(2);
    assertThatThrownBy(() -> requests.deny(open.id(), ANN)).hasMessageContaining("reason");
    assertThat(requests.deny(open.id(), new By("ann", "not theirs")).state())
        .isEqualTo(State.DENIED);
    assertThatThrownBy(() -> requests.withdraw(open.id(), ANN))
        .hasMessageContaining("is denied, and cannot become withdrawn");
    Request again = requests.open(Kind.ERASURE, person(POLICY, "1"), NOW, false, JO);
    assertThat(requests.withdraw(again.id(), ANN).state()).isEqualTo(State.WITHDRAWN);
    assertThat(texts("select count(*)::text from person")).containsExactly("3");
  }

  @Test
  void aSecondPersonApprovesWhereThePolicyWantsOne() {
    String policy = POLICY + "requests: { second_person: true }\n";
    Requests requests = requests(policy);
    Request open = requests.open(Kind.ERASURE, person(policy, "1"), NOW, false, JO);
    requests.verify(open.id(), JO);
    requests.collect(open.id(), JO);

    assertThatThrownBy(() -> requests.approve(open.id(), JO)).hasMessageContaining("second person");
    assertThatThrownBy(() -> requests.run(open.id(), JO)).hasMessageContaining("is collected");
    requests.approve(open.id(), ANN);
    assertThat(requests.run(open.id(), JO).state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void aRestrictionKeepsAnErasureFromTheRow() {
    Requests requests = requests(POLICY);
    Request restriction = requests.open(Kind.RESTRICTION, person(POLICY, "1"), NOW, false, JO);
    requests.verify(restriction.id(), JO);
    requests.collect(restriction.id(), ANN);
    requests.approve(restriction.id(), ANN);
    requests.run(restriction.id(), ANN);

    Request kept = throughTo(requests, State.COMPLETED_WITH_RETAINED_DATA);

    assertThat(outcomes(requests, kept))
        .contains("database person retained 1 (hold: restriction of processing, request 1)");
    assertThat(texts("select email from person where id = 1")).containsExactly("p1@example.org");
  }

  private Request throughTo(Requests requests, State end) {
    Request open = requests.open(Kind.ERASURE, person(POLICY, "1"), NOW, false, JO);
    requests.verify(open.id(), JO);
    requests.collect(open.id(), ANN);
    requests.approve(open.id(), ANN);
    Request done = requests.run(open.id(), ANN);
    assertThat(done.state()).as(() -> outcomes(requests, done).toString()).isEqualTo(end);
    return done;
  }

  private static List<String> outcomes(Requests requests, Request request) {
    return requests.outcomes(request.id()).stream().map(RequestsTest::text).toList();
  }

  private static String text(Settled s) {
    return "%s %s %s %d%s%s"
        .formatted(
            s.store(),
            s.place(),
            s.outcome().word(),
            s.items(),
            s.ground() == null ? "" : " (" + s.ground() + ")",
            s.until() == null || s.outcome() != Outcome.RETAINED ? "" : " until " + s.until());
  }

  private Person person(String policy, String id) {
    Decisions decisions = decisions(policy);
    Dialect dialect = Dialect.of(decisions.catalog());
    return new Transactions(database, dialect, Backoff.DEFAULT)
        .look(
            jdbc ->
                new People(decisions, dialect, jdbc)
                    .find(People.type(decisions, "person"), "id=" + id));
  }

  private Requests requests(String policy, MapStore... stores) {
    Decisions decisions = decisions(policy);
    Dialect dialect = Dialect.of(decisions.catalog());
    Transactions transactions = new Transactions(database, dialect, Backoff.DEFAULT);
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    RequestWork work =
        new RequestWork(
            decisions,
            dialect,
            database,
            transactions,
            new Executor(decisions, dialect, transactions, true),
            KEY,
            clock,
            SHORT,
            MapStore.all(stores));
    return new Requests(transactions, decisions.data().requests(), KEY, clock, work);
  }

  private Decisions decisions(String policy) {
    return Decisions.resolve(PolicyReader.read("lethe.yaml", policy), Lethe.readCatalog(database));
  }

  /** All that Lethe keeps of requests, as text. */
  private String ledger() {
    StringBuilder all = new StringBuilder();
    for (String table :
        List.of(
            "request",
            "request_step",
            "request_store",
            "request_piece",
            "request_outcome",
            "request_row",
            "audit",
            "erased",
            "suppressed")) {
      all.append(
          texts(
              "select coalesce(string_agg(t::text, '\n' order by t::text), '') from lethe.%s as t"
                  .formatted(table)));
    }
    return all.toString();
  }

  private List<@Nullable String> texts(String query) {
    return sql.query(query, (rs, n) -> rs.getString(1));
  }
}
