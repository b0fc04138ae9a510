package org.lethe.subject.request;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.error.LetheException;
import org.lethe.execute.Claim;
import org.lethe.execute.Executor;
import org.lethe.execute.Reasons;
import org.lethe.execute.Transactions;
import org.lethe.policy.Category;
import org.lethe.policy.Decisions;
import org.lethe.policy.Information;
import org.lethe.policy.MailAddress;
import org.lethe.policy.SubjectType;
import org.lethe.schema.TableId;
import org.lethe.store.Outcome;
import org.lethe.store.Store;
import org.lethe.store.Subject;
import org.lethe.subject.Key;
import org.lethe.subject.People;
import org.lethe.subject.Person;
import org.lethe.subject.Settled;
import org.lethe.subject.erase.ErasurePlan;
import org.lethe.subject.erase.Match;
import org.lethe.subject.export.Exporter;
import org.lethe.subject.export.Extra;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What is done about a request: in this database, and in every store at the same time, each apart
 * from the others. Thread-safe.
 */
public final class RequestWork {

  private static final Duration EXPORT_AGAIN = Duration.ofMinutes(10);

  private static final String ERASURES = "file of erasures";

  private final Decisions decisions;
  private final Dialect dialect;
  private final DataSource dataSource;
  private final Transactions transactions;
  private final Key key;
  private final Clock clock;
  private final DatabaseRun database;
  private final StoreRuns stores;
  private final Downloads downloads;

  /**
   * @param stores all of the policy's; not closed here
   */
  public RequestWork(
      Decisions decisions,
      Dialect dialect,
      DataSource dataSource,
      Transactions transactions,
      Executor executor,
      Key key,
      Clock clock,
      Patience patience,
      Exporter exporter,
      List<Store> stores) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.dataSource = dataSource;
    this.transactions = transactions;
    this.key = key;
    this.clock = clock;
    this.downloads =
        new Downloads(transactions, decisions.data().requests(), exporter, Extra.of(stores), clock);
    this.database = new DatabaseRun(decisions, dialect, transactions, executor, key, clock);
    this.stores = new StoreRuns(transactions, key, clock, patience, stores);
  }

  /**
   * How a run ended.
   *
   * @param next when there is something to do again; null if there is not
   */
  record Result(State state, @Nullable Instant next) {}

  Information information() {
    return decisions.data().information();
  }

  /** What the failure of one among many means. */
  Reasons reasons() {
    return new Reasons(dialect);
  }

  String displayName(TableId table) {
    return decisions.catalog().displayName(table);
  }

  /**
   * A person by the key of their row.
   *
   * @throws org.lethe.error.InputException if there is no such row
   */
  Person person(SubjectType type, List<String> id) {
    return transactions.look(jdbc -> new People(decisions, dialect, jdbc).person(type, id));
  }

  /** The same within the caller's transaction. */
  Person person(JdbcOperations jdbc, SubjectType type, List<String> id) {
    return new People(decisions, dialect, jdbc).person(type, id);
  }

  /** Whether nothing but this database has to be asked or told. */
  boolean onlyHere() {
    return stores.isEmpty() && decisions.data().requests().erasures() == null;
  }

  DatabaseRun database() {
    return database;
  }

  StoreRuns stores() {
    return stores;
  }

  Downloads downloads() {
    return downloads;
  }

  /** As they are now; nothing is left of somebody who was erased meanwhile. */
  private Person person(SealedPerson who) {
    SubjectType type = People.type(decisions, who.subject().type());
    return transactions.look(
        jdbc -> {
          People people = new People(decisions, dialect, jdbc);
          return people
              .live(type, who.key())
              .or(() -> people.inTrash(type, who.key()))
              .orElseGet(() -> new Person(type, who.key(), who.subject(), ""));
        });
  }

  /** Where a person can be mailed: what looks like it in columns of category contact, each once. */
  List<MailAddress> addresses(Subject subject) {
    SubjectType type = People.type(decisions, subject.type());
    Map<String, MailAddress> addresses = new LinkedHashMap<>();
    subject
        .identifiers()
        .forEach(
            (column, values) -> {
              if (decisions.data().column(type.table(), column).category() == Category.CONTACT) {
                values.stream()
                    .flatMap(v -> MailAddress.plain(v).stream())
                    .forEach(a -> addresses.putIfAbsent(a.address().toLowerCase(Locale.ROOT), a));
              }
            });
    return List.copyOf(addresses.values());
  }

  Replay replay(Requests requests) {
    return new Replay(decisions, dialect, transactions, requests, key, clock);
  }

  String policyHash() {
    return decisions.policyHash();
  }

  /**
   * Runs work that nobody else may do for the same request at the same time.
   *
   * @throws RequestException if somebody does
   */
  <T> T alone(UUID request, Supplier<T> task) {
    try (Claim claim = Claim.of(dataSource, "request " + request).orElse(null)) {
      if (claim == null) {
        throw new RequestException("another process works on request " + request + " just now");
      }
      return task.get();
    }
  }

  ErasurePlan preview(SealedPerson who) {
    return database.plan(who);
  }

  List<Match> matches(SealedPerson who, int most) {
    return database.matches(who, most);
  }

  ErasurePlan preview(Roots roots) {
    return database.plan(roots);
  }

  /** Looks what there is, and writes down where it lies in the stores. */
  ErasurePlan collect(Request request, SealedPerson who) {
    if (request.kind() != Kind.ERASURE) {
      return new ErasurePlan(
          List.of(), Map.of(), Map.of(), decisions.policyHash(), decisions.catalog().hash());
    }
    ErasurePlan plan = database.plan(who);
    // What does not answer is asked again when the request is run, and named then if it still does
    // not.
    stores.locate(request, who.subject());
    return plan;
  }

  /**
   * Does it, or goes on with it.
   *
   * @param still a condition that the person's row must still fulfil; null where nothing is asked
   * @return whether it does; if not, nothing was done
   */
  boolean run(Request request, @Nullable SealedPerson who, By by, @Nullable String still) {
    if (request.kind() == Kind.RESTRICTION) {
      database.restrict(request, Objects.requireNonNull(who), by);
      return true;
    }
    if (request.kind().exports()) {
      downloads.make(request, person(Objects.requireNonNull(who)));
      return true;
    }
    Subject subject = who == null ? null : who.subject();
    // What was not found out while collecting is found out before anything is destroyed, while
    // everything that identifies the person is still there to be looked up.
    Map<String, String> silent = subject == null ? Map.of() : stores.locate(request, subject);
    if (!database.erase(request, who, still)) {
      return false;
    }
    stores.erase(request, subject, silent);
    if (who != null) {
      remember(request, who);
    }
    return true;
  }

  /** Looks whether anything here still mentions the person. */
  void searchResidue(Request request, SealedPerson who) {
    searchResidue(Map.of(request, who));
  }

  /** The same for many people, in one go. */
  void searchResidue(Map<Request, SealedPerson> people) {
    Map<Request, SealedPerson> erased = new LinkedHashMap<>(people);
    erased.keySet().removeIf(r -> r.kind() != Kind.ERASURE);
    database.searchResidue(erased);
  }

  /** Where the policy names a file for it: until that is written, the request is not complete. */
  private void remember(Request request, SealedPerson who) {
    String file = decisions.data().requests().erasures();
    if (file == null) {
      return;
    }
    String failure = null;
    try {
      new ErasuresFile(Path.of(file))
          .add(
              new ErasuresFile.Erased(
                  request.id(),
                  who.subject().type(),
                  who.hash(key),
                  Replay.identifierHashes(decisions, key, who.subject()),
                  clock.instant()));
    } catch (LetheException e) {
      failure = e.getMessage();
    }
    String why = failure;
    transactions.change(
        jdbc -> {
          new OutcomeLedger(jdbc).forget(request.id(), ERASURES, Outcome.UNREACHABLE);
          if (why != null) {
            new OutcomeLedger(jdbc)
                .add(
                    request.id(),
                    new Settled(ERASURES, ERASURES, Outcome.UNREACHABLE, 0, why, null));
          }
          return true;
        });
  }

  /** How a request ended, from what is written down of it. */
  Result result(JdbcOperations jdbc, Request request) {
    List<Settled> outcomes = new OutcomeLedger(jdbc).of(request.id());
    boolean failed = outcomes.stream().anyMatch(o -> !o.outcome().settled());
    boolean retained = outcomes.stream().anyMatch(o -> o.outcome() == Outcome.RETAINED);
    if (request.kind().exports()) {
      // A store that could not be asked is asked again; an archive that has expired goes.
      return failed
          ? new Result(State.PARTIALLY_FAILED, clock.instant().plus(EXPORT_AGAIN))
          : new Result(
              State.COMPLETED, downloads.find(request.id()).map(Download::expires).orElse(null));
    }
    if (!failed && !retained) {
      return new Result(State.COMPLETED, null);
    }
    return new Result(
        failed ? State.PARTIALLY_FAILED : State.COMPLETED_WITH_RETAINED_DATA,
        next(jdbc, request, retained));
  }

  private @Nullable Instant next(JdbcOperations jdbc, Request request, boolean retained) {
    Instant rows = new StayingRows(jdbc).firstUntil(request.id());
    if (rows == null && retained) {
      // Nobody knows until when: it is looked at again every day.
      rows = clock.instant().plus(Duration.ofDays(1));
    }
    Instant retry = new RequestLedger(jdbc).firstRetry(request.id());
    return rows == null ? retry : retry == null || rows.isBefore(retry) ? rows : retry;
  }
}
