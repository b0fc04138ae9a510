package org.lethe.subject.request;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.execute.Executor;
import org.lethe.execute.Transactions;
import org.lethe.policy.Decisions;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.store.Outcome;
import org.lethe.subject.Key;
import org.lethe.subject.People;
import org.lethe.subject.RowHold;
import org.lethe.subject.RowHolds;
import org.lethe.subject.Settled;
import org.lethe.subject.erase.Eraser;
import org.lethe.subject.erase.ErasurePlan;
import org.lethe.subject.erase.Match;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/** One request's work in this database: all of it in one transaction, or none. */
final class DatabaseRun {

  private final Decisions decisions;
  private final Dialect dialect;
  private final Transactions transactions;
  private final Eraser eraser;
  private final Key key;
  private final Clock clock;

  DatabaseRun(
      Decisions decisions,
      Dialect dialect,
      Transactions transactions,
      Executor executor,
      Key key,
      Clock clock) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.transactions = transactions;
    this.eraser = new Eraser(decisions, dialect, executor, key);
    this.key = key;
    this.clock = clock;
  }

  /** What an erasure would do now. */
  ErasurePlan plan(SealedPerson who) {
    return transactions.look(
        jdbc ->
            onlyInTrash(jdbc, who)
                ? eraser.planInTrash(jdbc, roots(who), clock.instant())
                : eraser.plan(jdbc, whole(who)));
  }

  /** What redactions would take out of texts, so many per column. */
  List<Match> matches(SealedPerson who, int most) {
    return transactions.look(
        jdbc -> onlyInTrash(jdbc, who) ? List.of() : eraser.matches(jdbc, whole(who), most));
  }

  /** What an erasure of the people in these rows would do now. */
  ErasurePlan plan(Roots roots) {
    return transactions.look(
        jdbc ->
            eraser.plan(
                jdbc,
                new Eraser.Order(List.of(roots), true, Map.of(), List.of(), clock.instant())));
  }

  /**
   * Erases what may be erased by now. What was erased before is not looked for again.
   *
   * @param still a condition that the person's row must fulfil; null where nothing is asked
   * @return whether it does; if not, nothing was done
   */
  boolean erase(Request request, @Nullable SealedPerson who, @Nullable String still) {
    return transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          Optional<Eraser.Order> order = order(jdbc, request, who);
          boolean first = order.isPresent() && order.get().following();
          if (still != null
              && first
              && !fulfils(jdbc, People.type(decisions, request.subjectType()).table(), still)) {
            return false;
          }
          new OutcomeLedger(jdbc).forget(request.id(), Settled.DATABASE, Outcome.RETAINED);
          new OutcomeLedger(jdbc).forget(request.id(), Settled.DATABASE, Outcome.UNREACHABLE);
          // From here on there is no way back, and anybody may go on if this run dies.
          ledger.set(request.id(), RequestLedger.Field.NEXT_AT, clock.instant());
          if (order.isPresent()) {
            erase(jdbc, request, who, order.get());
          } else if (who != null && !ledger.erasedHere(request.id()) && onlyInTrash(jdbc, who)) {
            ErasurePlan done = eraser.eraseFromTrash(jdbc, roots(who), clock.instant());
            record(jdbc, request, who, done);
          }
          return true;
        });
  }

  /**
   * Erases people who were not erased before, in one go; see {@link Eraser#eraseTogether}. {@link
   * #record} has to follow for each.
   */
  Optional<Map<List<String>, ErasurePlan>> eraseTogether(
      JdbcOperations jdbc, TableId table, List<List<String>> keys) {
    return eraser.eraseTogether(jdbc, table, keys, clock.instant());
  }

  private void erase(
      JdbcOperations jdbc, Request request, @Nullable SealedPerson who, Eraser.Order order) {
    List<Remembered> remembered = new ArrayList<>();
    ErasurePlan done =
        eraser.erase(
            jdbc, order, (table, rows) -> remembered.add(Remembered.of(jdbc, table, rows)));
    StayingRows staying = new StayingRows(jdbc);
    staying.forget(request.id());
    remembered.forEach(r -> staying.remember(request.id(), r.table(), r.rows()));
    record(jdbc, request, who, done);
  }

  private void record(
      JdbcOperations jdbc, Request request, @Nullable SealedPerson who, ErasurePlan done) {
    record(jdbc, Map.of(request.id(), done), who == null ? Map.of() : Map.of(request.id(), who));
  }

  /** Writes down what was done for some requests, and who was erased as far as that is known. */
  void record(JdbcOperations jdbc, Map<UUID, ErasurePlan> done, Map<UUID, SealedPerson> people) {
    RequestLedger ledger = new RequestLedger(jdbc);
    Map<UUID, List<Settled>> outcomes = new LinkedHashMap<>();
    done.forEach((id, plan) -> outcomes.put(id, settled(plan)));
    new OutcomeLedger(jdbc).add(outcomes);
    ledger.markErasedHere(done.keySet());
    Erasures erasures = new Erasures(jdbc, key);
    people.forEach((id, who) -> erasures.add(id, who, clock.instant()));
  }

  /** Locked, so that it stays so. Nothing is bound, since the condition is the policy's. */
  boolean fulfils(JdbcOperations jdbc, TableId table, String still) {
    return !jdbc.query(
            "select 1 from %s as %s where %s for update"
                .formatted(dialect.quote(table), dialect.quote(table.name()), still),
            (rs, n) -> 1)
        .isEmpty();
  }

  /** Rows to remember; those of a former run stand in the way until the new ones are known. */
  private record Remembered(TableId table, String rows) {
    static Remembered of(JdbcOperations jdbc, TableId table, String rows) {
      String name = "lethe_left_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
      jdbc.execute(
          "create temporary table %s on commit drop as select r.* from (%s) as r(key, until, treated)"
              .formatted(name, rows));
      return new Remembered(table, "select key, until, treated from pg_temp." + name);
    }
  }

  /** The person as they are, or what was left of them; empty if nothing is. */
  private Optional<Eraser.Order> order(
      JdbcOperations jdbc, Request request, @Nullable SealedPerson who) {
    List<TableId> left = new StayingRows(jdbc).tables(request.id());
    List<String> identifiers = who == null ? List.of() : texts(who);
    if (!left.isEmpty()) {
      List<Roots> roots = new ArrayList<>();
      Map<TableId, String> treated = new HashMap<>();
      for (TableId table : left) {
        roots.add(left(request, table));
        treated.put(table, rowsOf(request, table) + " and r.treated");
      }
      return Optional.of(new Eraser.Order(roots, false, treated, identifiers, clock.instant()));
    }
    if (who == null || new RequestLedger(jdbc).erasedHere(request.id())) {
      return Optional.empty();
    }
    // Gone already: by this request, or by somebody else.
    return alive(jdbc, who) ? Optional.of(whole(who)) : Optional.empty();
  }

  private boolean alive(JdbcOperations jdbc, SealedPerson who) {
    SubjectType type = People.type(decisions, who.subject().type());
    return new People(decisions, dialect, jdbc).alive(type, who.key());
  }

  private boolean onlyInTrash(JdbcOperations jdbc, SealedPerson who) {
    SubjectType type = People.type(decisions, who.subject().type());
    return !alive(jdbc, who)
        && new People(decisions, dialect, jdbc).inTrash(type, who.key()).isPresent();
  }

  private Roots roots(SealedPerson who) {
    SubjectType type = People.type(decisions, who.subject().type());
    return new Roots.Keys(type.table(), List.of(who.key()));
  }

  private Eraser.Order whole(SealedPerson who) {
    return new Eraser.Order(List.of(roots(who)), true, Map.of(), texts(who), clock.instant());
  }

  private Roots left(Request request, TableId id) {
    Table table = decisions.catalog().table(id);
    String key =
        table.identity().stream()
            .map(c -> dialect.quote(id.name()) + "." + dialect.quote(c) + "::text")
            .collect(Collectors.joining(", "));
    return new Roots.Where(id, "array[%s] in (%s)".formatted(key, rowsOf(request, id)));
  }

  /** Keys of what was left of a table. */
  private String rowsOf(Request request, TableId id) {
    return "select r.key from lethe.request_row as r where r.request_id = '%s' and r.table_schema = %s and r.table_name = %s"
        .formatted(request.id(), dialect.literal(id.schema()), dialect.literal(id.name()));
  }

  /** What a person is called in texts: not numbers, which mean other things, too. */
  static List<String> texts(SealedPerson who) {
    Set<String> texts = new TreeSet<>();
    who.subject()
        .identifiers()
        .forEach(
            (column, values) ->
                values.stream()
                    .map(String::strip)
                    .filter(v -> v.length() >= 3 && !v.matches("[0-9]+"))
                    .forEach(texts::add));
    return List.copyOf(texts);
  }

  private List<Settled> settled(ErasurePlan done) {
    List<Settled> settled = new ArrayList<>();
    for (ErasurePlan.OfTable table : done.tables()) {
      String name = table.name();
      if (table.deleted() > 0) {
        settled.add(row(name, Outcome.REMOVED, table.deleted()));
      }
      if (table.treated() > 0) {
        settled.add(row(name, Outcome.ANONYMISED, table.treated()));
      }
      table
          .kept()
          .forEach(
              k ->
                  settled.add(
                      new Settled(
                          Settled.DATABASE,
                          name,
                          Outcome.RETAINED,
                          k.rows(),
                          k.ground(),
                          k.until())));
    }
    done.trashed()
        .forEach(
            (table, rows) ->
                settled.add(new Settled(Settled.TRASH, table, Outcome.REMOVED, rows, null, null)));
    done.updates()
        .forEach((relation, rows) -> settled.add(row(relation, Outcome.ANONYMISED, rows)));
    return settled;
  }

  private static Settled row(String place, Outcome outcome, long rows) {
    return new Settled(Settled.DATABASE, place, outcome, rows, null, null);
  }

  /** Looks for whatever people were known by, in everything this database has. */
  void searchResidue(Map<Request, SealedPerson> people) {
    Map<Request, List<Residue.Found>> found =
        transactions.look(jdbc -> new Residue(decisions, dialect, jdbc).search(people));
    transactions.change(
        jdbc -> {
          OutcomeLedger outcomes = new OutcomeLedger(jdbc);
          for (Request request : people.keySet()) {
            outcomes.forget(request.id(), Settled.DATABASE, Outcome.UNSUPPORTED);
            found
                .getOrDefault(request, List.of())
                .forEach(f -> outcomes.add(request.id(), f.settled()));
          }
          return true;
        });
  }

  /** Keeps the person's row from being erased, until somebody lifts that. */
  void restrict(Request request, SealedPerson who, By by) {
    SubjectType type = People.type(decisions, who.subject().type());
    RowHold hold =
        new RowHold(
            request.id(),
            type.table(),
            who.key(),
            "restriction of processing, request " + request.number(),
            null,
            clock.instant(),
            by.actor());
    transactions.change(
        jdbc -> {
          RowHolds.insert(jdbc, hold);
          return true;
        });
  }
}
