package org.lethe;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.audit.AuditQuery;
import org.lethe.audit.Entry;
import org.lethe.collect.Collector;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Flags;
import org.lethe.collect.Handfuls;
import org.lethe.collect.PathStep;
import org.lethe.collect.Preview;
import org.lethe.collect.Previewer;
import org.lethe.collect.Roots;
import org.lethe.collect.Row;
import org.lethe.collect.Selection;
import org.lethe.dialect.Dialect;
import org.lethe.error.LetheException;
import org.lethe.execute.DeletionReport;
import org.lethe.execute.Executor;
import org.lethe.execute.Transactions;
import org.lethe.plan.Plan;
import org.lethe.plan.Planner;
import org.lethe.plan.Tolerance;
import org.lethe.policy.Choices;
import org.lethe.policy.Decisions;
import org.lethe.policy.Policy;
import org.lethe.policy.SubjectType;
import org.lethe.retention.Alarm;
import org.lethe.retention.Deactivation;
import org.lethe.retention.Overdue;
import org.lethe.retention.Pauses;
import org.lethe.retention.Purger;
import org.lethe.retention.RuleRunner;
import org.lethe.schedule.RetentionScheduler;
import org.lethe.schedule.Timetable;
import org.lethe.schema.Catalog;
import org.lethe.schema.TableId;
import org.lethe.schema.reader.CatalogReader;
import org.lethe.store.Store;
import org.lethe.subject.Key;
import org.lethe.subject.People;
import org.lethe.subject.Person;
import org.lethe.subject.RowHolds;
import org.lethe.subject.export.Exporter;
import org.lethe.subject.export.Transformations;
import org.lethe.subject.request.Patience;
import org.lethe.subject.request.RequestWork;
import org.lethe.subject.request.Requests;
import org.lethe.trash.MarkedRows;
import org.lethe.trash.Trash;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Safe removal from one database under one policy: look, plan, delete. Joins the caller's
 * transaction where a Spring transaction on the same data source is active; otherwise each call is
 * a transaction of its own, retried when it loses a race. Thread-safe.
 *
 * <p>The catalog is read once; after a migration make a new instance.
 */
public final class Lethe {

  private final LetheBuilder settings;
  private final Decisions decisions;
  private final Dialect dialect;
  private final Transactions transactions;
  private final Executor executor;
  private final Handfuls handfuls;
  private final Trash trash;
  private final Purger purger;
  private final RuleRunner rules;
  private final Supplier<Optional<Deactivation>> deactivation;
  private final Pauses pauses;
  private final Exporter exporter;
  private final DataSource dataSource;
  private final Clock clock;

  Lethe(LetheBuilder builder, Decisions decisions) {
    this.settings = builder.copy();
    this.decisions = decisions;
    this.dialect = Dialect.of(decisions.catalog());
    this.transactions = new Transactions(builder.dataSource, dialect, builder.backoff);
    this.executor = new Executor(decisions, dialect, transactions, builder.means);
    this.handfuls = new Handfuls(decisions, dialect, builder.means.handful());
    this.trash = new Trash(decisions, dialect, transactions, executor, builder.clock);
    this.purger =
        new Purger(
            transactions, new MarkedRows(decisions, dialect, executor), dialect, builder.clock);
    this.deactivation = builder.deactivation(decisions);
    this.rules =
        new RuleRunner(
            decisions,
            dialect,
            builder.dataSource,
            transactions,
            builder.clock,
            null,
            deactivation);
    this.pauses = new Pauses(transactions, builder.clock);
    this.exporter =
        new Exporter(
            decisions,
            dialect,
            transactions,
            builder.replica == null
                ? transactions
                : new Transactions(builder.replica, dialect, builder.backoff),
            builder.clock,
            Transformations.installedAnd(builder.transformations));
    this.dataSource = builder.dataSource;
    this.clock = builder.clock;
  }

  /**
   * Reads the catalog and resolves the policy against it.
   *
   * @throws org.lethe.policy.PolicyException if the policy does not fit the catalog
   * @throws LetheException if there is no connection, or the engine is unknown
   */
  public static Lethe of(DataSource dataSource, Policy policy) {
    return builder(dataSource).policy(policy).build();
  }

  /** Settings for one database; nothing is read until they are built. */
  public static LetheBuilder builder(DataSource dataSource) {
    return new LetheBuilder(dataSource);
  }

  /**
   * The same, but for what somebody chose for one removal in place of the policy: previews, plans
   * and removals through it follow the choices. A plan carries its own along, so that any {@code
   * Lethe} applies it.
   *
   * @throws org.lethe.error.InputException if something chosen cannot be done, or the policy
   *     forbids it
   */
  public Lethe with(Choices choices) {
    return new Lethe(settings, decisions.with(choices));
  }

  /**
   * Reads the schema of a database.
   *
   * @throws LetheException if there is no connection, or the engine is unknown
   */
  public static Catalog readCatalog(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return CatalogReader.of(connection).read(connection);
    } catch (SQLException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
      throw new LetheException("cannot read the database's schema: " + message, e);
    }
  }

  public Catalog catalog() {
    return decisions.catalog();
  }

  public Decisions decisions() {
    return decisions;
  }

  /**
   * Deletions that can be undone. The ledger's tables must be there: see {@link
   * org.lethe.trash.LedgerSchema#migrate}.
   */
  public Trash trash() {
    return trash;
  }

  /** Entries of the audit, latest first; by actor or object where these are not null. */
  public List<Entry> audit(@Nullable String actor, @Nullable String object, int limit) {
    AuditQuery wanted = actor == null ? AuditQuery.ALL : AuditQuery.ALL.by(actor);
    return audit(wanted.of(object), limit);
  }

  /** Entries of the audit, latest first. */
  public List<Entry> audit(AuditQuery wanted, int limit) {
    return transactions.look(jdbc -> new Audit(jdbc).list(wanted, limit));
  }

  /** Every action that the audit has entries of, by name. */
  public List<String> auditedActions() {
    return transactions.look(jdbc -> new Audit(jdbc).actions());
  }

  /** What is wrong with the audit, for people: entries changed or missing; empty if nothing is. */
  public List<String> verifyAudit() {
    return verifyAudit(entries -> {});
  }

  /**
   * The same.
   *
   * @param seen told now and then how many entries were looked at
   */
  public List<String> verifyAudit(LongConsumer seen) {
    return transactions.look(jdbc -> new Audit(jdbc).verify(seen));
  }

  /** Makes deletions final whose time in the trash is over. */
  public Purger purger() {
    return purger;
  }

  /** Runs the policy's retention rules: see {@link Decisions#rules}. */
  public RuleRunner rules() {
    return rules;
  }

  /** The same, with rules that erase people. */
  public RuleRunner rules(Requests requests) {
    return new RuleRunner(
        decisions, dialect, dataSource, transactions, clock, requests.together(), deactivation);
  }

  /** Rules, or the purge, that must not run for now. */
  public Pauses pauses() {
    return pauses;
  }

  /** What should have run long ago: the purge, or rules of the policy. */
  public List<Overdue> overdue() {
    return new Alarm(transactions, trash, pauses, clock).overdue(decisions.rules());
  }

  /** Hands out what is known about people; from the replica where there is one. */
  public Exporter exporter() {
    return exporter;
  }

  /** When rules and the purge run next. */
  public Timetable timetable() {
    return new Timetable(transactions);
  }

  /** A scheduler that runs the policy's rules, and the purge where it is told when. */
  public RetentionScheduler.Builder scheduler() {
    return new RetentionScheduler.Builder(dataSource, rules, purger, clock)
        .rules(decisions.rules());
  }

  /** The same, which also goes on with requests and runs rules that erase people. */
  public RetentionScheduler.Builder scheduler(Requests requests) {
    return new RetentionScheduler.Builder(dataSource, rules(requests), purger, clock)
        .rules(decisions.rules())
        .requests(requests);
  }

  /** Rows that no erasure may touch for now. */
  public RowHolds rowHolds() {
    return new RowHolds(transactions, clock);
  }

  /**
   * A person by what identifies them.
   *
   * @param subject which of the policy's subjects
   * @param value of any column that identifies one, or {@code column=value}
   * @throws org.lethe.error.InputException if nobody has it, or more than one
   */
  public Person person(String subject, String value) {
    return transactions.look(
        jdbc -> new People(decisions, dialect, jdbc).find(People.type(decisions, subject), value));
  }

  /**
   * Keys of all people whose row fulfils a condition.
   *
   * @param where the operator's own SQL, with the table under its own name
   * @throws org.lethe.error.InputException if it is none
   */
  public List<List<String>> people(SubjectType type, String where) {
    return transactions.look(jdbc -> new People(decisions, dialect, jdbc).keys(type, where));
  }

  /** The same condition, of the person with this key alone: to ask it again later. */
  public String condition(SubjectType type, String where, List<String> key) {
    return People.condition(decisions, dialect, type, where, key);
  }

  /**
   * Requests of people, carried out in this database and in other stores.
   *
   * @param key seals what tells who asked; the same every time
   * @param stores all of the policy's
   */
  public Requests requests(Key key, List<Store> stores) {
    RequestWork work =
        new RequestWork(
            decisions,
            dialect,
            dataSource,
            transactions,
            executor,
            key,
            clock,
            Patience.USUAL,
            exporter,
            stores);
    return new Requests(transactions, decisions.data().requests(), key, clock, work);
  }

  /** What {@link #delete} would touch; locks and changes nothing. */
  public Preview preview(Roots roots, Preview.Cap cap) {
    return preview(roots, DeleteKind.HARD, cap);
  }

  /**
   * What a removal would touch; locks and changes nothing.
   *
   * @throws org.lethe.error.InputException if a root does not exist or cannot be read
   */
  public Preview preview(Roots roots, DeleteKind kind, Preview.Cap cap) {
    return transactions.look(jdbc -> previewer(jdbc).preview(roots, kind, cap));
  }

  private Previewer previewer(JdbcOperations jdbc) {
    return new Previewer(decisions, dialect, jdbc, handfuls);
  }

  /** Why a row is in what {@link #delete} would touch. */
  public List<PathStep> why(Roots roots, TableId table, List<String> key) {
    return why(roots, DeleteKind.HARD, table, key);
  }

  /**
   * Why a row is in a removal: the path from a root to it; empty if the removal does not touch it.
   *
   * @param key values of the table's identity columns, as text
   */
  public List<PathStep> why(Roots roots, DeleteKind kind, TableId table, List<String> key) {
    return transactions.look(jdbc -> previewer(jdbc).why(roots, kind, table, key));
  }

  /** A plan to delete for good. */
  public Plan plan(Roots roots) {
    return plan(roots, DeleteKind.HARD);
  }

  /**
   * A row with its label, as the policy names rows; empty if there is none with this key.
   *
   * @param key values of the table's identity columns, as text
   * @throws org.lethe.error.InputException if they cannot be that
   */
  public Optional<Row> row(TableId table, List<String> key) {
    return transactions.look(jdbc -> previewer(jdbc).row(table, key));
  }

  /** A plan to approve and {@link #apply} later; blockers are part of it. */
  public Plan plan(Roots roots, DeleteKind kind) {
    Flags flags = new Flags(decisions, dialect, kind, roots.table());
    return transactions.look(
        jdbc ->
            new Planner(decisions)
                .plan(
                    new Collector(decisions, dialect, jdbc, Collector.Mode.DIGEST, flags, handfuls)
                        .collect(roots)
                        .selection()));
  }

  /**
   * Runs exactly what was approved.
   *
   * @throws org.lethe.plan.StalePlanException if other rows are found now
   * @throws org.lethe.collect.BlockedException if something blocks
   */
  public DeletionReport apply(Plan plan, Tolerance tolerance) {
    return executor.apply(plan, tolerance);
  }

  /**
   * Looks whether {@link #apply} would run now; locks and changes nothing.
   *
   * @return what it would touch
   * @throws org.lethe.plan.StalePlanException if other rows are found now
   * @throws org.lethe.collect.BlockedException if something blocks
   */
  public Selection rehearse(Plan plan, Tolerance tolerance) {
    return executor.rehearse(plan, tolerance);
  }

  /**
   * Collects, locks and deletes in one transaction.
   *
   * @throws org.lethe.collect.BlockedException if something blocks; nothing is changed
   */
  public DeletionReport delete(Roots roots) {
    return executor.delete(roots);
  }
}
