package org.lethe.assertions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.execute.Backoff;
import org.lethe.execute.Transactions;
import org.lethe.policy.Decisions;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Names;
import org.lethe.schema.TableId;
import org.lethe.store.Store;
import org.lethe.subject.Key;
import org.lethe.subject.People;
import org.lethe.subject.Person;
import org.lethe.subject.Settled;
import org.lethe.subject.request.Kind;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.trash.By;

/**
 * Makes a person up who has data everywhere, has them exported and erased as in production, and
 * then looks for them in every row of the database and all through the stores, whatever the policy
 * says. What the policy keeps on a ground may be left; anything else is an {@link AssertionError}
 * that says where, and what to write into the policy.
 *
 * <pre>{@code
 * Canary.of(lethe, database, "customer")
 *     .stores(stores.all())
 *     .seed("sessions", person -> redis.set("session:" + person.value("customer_id"), person.token()))
 *     .value("order_line.quantity", "1")
 *     .assertErased();
 * }</pre>
 *
 * <p>For a test database of PostgreSQL with Lethe's ledger in it, never for one at work: rows come
 * in, the request leaves its trace in the ledger, and everything is read from end to end. Not
 * thread-safe.
 */
public final class Canary {

  private static final By OPENER = new By("canary", "made up by a test");
  private static final By APPROVER = new By("canary's second person", "made up by a test");

  private final Lethe lethe;
  private final Decisions decisions;
  private final Dialect dialect;
  private final Transactions transactions;
  private final SubjectType type;
  private final Map<TableId, Map<String, String>> values = new LinkedHashMap<>();
  private final Set<TableId> except = new HashSet<>();
  private final Map<String, Seed> seeds = new LinkedHashMap<>();
  private List<Store> stores = List.of();
  private Key key = Key.of(UUID.randomUUID().toString());
  private boolean tidy;

  private Canary(Lethe lethe, DataSource dataSource, SubjectType type) {
    this.lethe = lethe;
    this.decisions = lethe.decisions();
    this.dialect = Dialect.of(lethe.catalog());
    this.transactions = new Transactions(dataSource, dialect, Backoff.DEFAULT);
    this.type = type;
  }

  /**
   * A canary.
   *
   * @param dataSource the database that {@code lethe} works on
   * @param subject which of the policy's subjects it is
   * @throws InputException if the policy has none such
   */
  public static Canary of(Lethe lethe, DataSource dataSource, String subject) {
    return new Canary(lethe, dataSource, People.type(lethe.decisions(), subject));
  }

  /** The application's own way to put data of a person into a store. */
  @FunctionalInterface
  public interface Seed {
    void put(CanaryPerson person) throws Exception;
  }

  /** The policy's stores, such as {@code Stores.open(...).all()}; they are not closed. */
  public Canary stores(List<Store> opened) {
    stores = List.copyOf(opened);
    return this;
  }

  /** What seals requests; without one a key that is thrown away. */
  public Canary key(Key secret) {
    key = secret;
    return this;
  }

  /**
   * Puts data of the person into a store, with {@link CanaryPerson#token} in it.
   *
   * @param store what the policy calls it
   */
  public Canary seed(String store, Seed put) {
    seeds.put(store, put);
    return this;
  }

  /**
   * A value for a column that the database takes only certain values for.
   *
   * @param column as the policy names it, {@code table.column}
   * @param value as SQL writes it in quotes; {@code {canary}} in it stands for what is looked for
   * @throws InputException if there is no such column
   */
  public Canary value(String column, String value) {
    int dot = column.lastIndexOf('.');
    TableId table = table(dot < 0 ? column : column.substring(0, dot));
    String name = Names.split(column.substring(dot + 1)).get(0);
    if (lethe.catalog().table(table).column(name).isEmpty()) {
      throw new InputException(
          "there is no column %s; write table.column as in the policy".formatted(column));
    }
    values.computeIfAbsent(table, t -> new LinkedHashMap<>()).put(name, value);
    return this;
  }

  /** Tables in which no rows are made by themselves: the canary has nothing there. */
  public Canary except(String... tables) {
    for (String name : tables) {
      except.add(table(name));
    }
    return this;
  }

  /**
   * Takes what is left away when all is well: rows that were made, and the request. Not what
   * triggers wrote, nor entries of the audit, which cannot be taken out.
   */
  public Canary tidy() {
    tidy = true;
    return this;
  }

  private TableId table(String name) {
    return lethe
        .catalog()
        .find(name)
        .orElseThrow(
            () ->
                new InputException(
                    "there is no table %s; write it as in the policy".formatted(name)));
  }

  /**
   * Does it all.
   *
   * @return what was tried, for whoever wants to know
   * @throws AssertionError if the canary cannot be put in, something of it is missing in the
   *     export, or left after the erasure
   */
  public CanaryReport assertErased() {
    Token token = new Token();
    Seeded seeded = seedDatabase(token);
    CanaryPerson canary = new CanaryPerson(person(seeded.person()), token.text());
    seedStores(canary);
    StoreWatch watch = new StoreWatch(stores, canary, token.wanted());
    List<String> faults = new ArrayList<>(watch.before());
    faults.addAll(new ExportCheck(lethe).faults(canary.person(), seeded.planted(), stores));

    Requests requests = lethe.requests(key, stores);
    Request done = erase(requests, canary.person(), faults);
    List<Settled> outcomes = requests.certificate(done.id()).outcomes();
    Remains remains =
        new Remains(decisions, type.name(), seeded.reached(), outcomes)
            .judge(
                transactions.look(
                    jdbc -> new DatabaseSearch(dialect, jdbc, token.wanted()).search()));
    faults.addAll(remains.faults());
    faults.addAll(watch.after());
    faults.addAll(Remains.notDone(outcomes, faults));
    if (!faults.isEmpty()) {
      throw failure(faults, null);
    }
    if (tidy) {
      transactions.change(jdbc -> new Tidying(dialect, jdbc).remove(seeded.made(), done.id()));
    }
    return new CanaryReport(
        seeded.counts(decisions),
        done.state(),
        remains.retained(),
        watch.searched(),
        watch.asked(),
        watch.notSearched(),
        List.copyOf(seeded.noRoom()));
  }

  private Seeded seedDatabase(Token token) {
    try {
      return transactions.change(
          jdbc -> {
            jdbc.query(dialect.fixTextForms(), rs -> {});
            Settings settings = new Settings(values, except);
            return new Seeder(decisions, type, token, settings, dialect, jdbc).seed();
          });
    } catch (LetheException e) {
      throw new AssertionError("the canary cannot be put into the database: " + e.getMessage(), e);
    }
  }

  private Person person(Made row) {
    List<String> identity = row.table().identity();
    String column = identity.size() == 1 ? identity.get(0) : type.identifyBy().get(0);
    return lethe.person(type.name(), column + "=" + row.values().get(column));
  }

  private void seedStores(CanaryPerson canary) {
    List<String> known = stores.stream().map(s -> s.describe().name()).toList();
    seeds.forEach(
        (store, seed) -> {
          if (!known.contains(store)) {
            throw new InputException(
                "there is no store %s; there is %s".formatted(store, String.join(", ", known)));
          }
          try {
            seed.put(canary);
          } catch (Exception e) {
            throw new AssertionError(
                "store %s: the canary cannot be put into it: %s".formatted(store, e.getMessage()),
                e);
          }
        });
  }

  private static Request erase(Requests requests, Person person, List<String> faults) {
    try {
      // Whatever clock Lethe was given, this was before.
      Request open = requests.open(Kind.ERASURE, person, Instant.EPOCH, false, OPENER);
      requests.verification().byStatement(open.id(), OPENER);
      requests.collect(open.id(), OPENER);
      requests.approve(open.id(), APPROVER);
      return requests.run(open.id(), OPENER);
    } catch (LetheException e) {
      faults.add("request: " + e.getMessage());
      throw failure(faults, e);
    }
  }

  private static AssertionError failure(List<String> faults, @Nullable Throwable cause) {
    return new AssertionError(
        "the canary is not as the policy says:\n  " + String.join("\n  ", faults), cause);
  }
}
