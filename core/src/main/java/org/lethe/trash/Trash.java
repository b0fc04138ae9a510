package org.lethe.trash;

import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.collect.Counts;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.execute.DeletionReport;
import org.lethe.execute.Executor;
import org.lethe.execute.Transactions;
import org.lethe.plan.Plan;
import org.lethe.plan.Tolerance;
import org.lethe.policy.Decisions;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcOperations;

/** Deletions that can still be undone. Needs {@link LedgerSchema#migrate} once. Thread-safe. */
public final class Trash {

  private final Decisions decisions;
  private final Dialect dialect;
  private final Transactions transactions;
  private final Executor executor;
  private final Clock clock;

  public Trash(
      Decisions decisions,
      Dialect dialect,
      Transactions transactions,
      Executor executor,
      Clock clock) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.transactions = transactions;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * Deletes, and keeps what goes.
   *
   * @param keep how long it stays in the trash
   * @throws org.lethe.collect.BlockedException if something blocks; nothing is changed
   */
  public DeletionReport delete(Roots roots, Period keep, By by) {
    return executor.delete(roots, new Archiver(decisions, dialect, clock, keep, by));
  }

  /**
   * Runs exactly what was approved, and keeps what goes.
   *
   * @throws org.lethe.plan.StalePlanException if other rows are found now
   * @throws org.lethe.collect.BlockedException if something blocks
   */
  public DeletionReport apply(Plan plan, Tolerance tolerance, Period keep, By by) {
    return executor.apply(plan, tolerance, new Archiver(decisions, dialect, clock, keep, by));
  }

  /**
   * Deletes for good; all that is left is an entry in the audit, with counts and nothing of the
   * rows.
   *
   * @throws org.lethe.collect.BlockedException if something blocks; nothing is changed
   */
  public DeletionReport deletePermanently(Roots roots, By by) {
    return executor.delete(roots, new Witness(roots.table(), clock, by));
  }

  /**
   * The same for what was approved.
   *
   * @throws org.lethe.plan.StalePlanException if other rows are found now
   * @throws org.lethe.collect.BlockedException if something blocks
   */
  public DeletionReport applyPermanently(Plan plan, Tolerance tolerance, By by) {
    return executor.apply(
        plan, tolerance, new Witness(plan.selection().roots().table(), clock, by));
  }

  /**
   * Deletions, latest first.
   *
   * @param state null for all
   */
  public List<Deletion> list(Deletion.@Nullable State state, int limit) {
    return transactions.look(jdbc -> new Ledger(jdbc).list(state, limit));
  }

  /**
   * A page of the deletions that are asked for, latest first; costs the same however many there
   * are.
   *
   * @param after where the page begins; null for the first
   */
  public List<Deletion> page(DeletionQuery query, DeletionQuery.@Nullable Place after, int limit) {
    return transactions.look(jdbc -> new LedgerPages(jdbc).page(query, after, limit));
  }

  /** How many of those that are asked for there are of each kind. */
  public DeletionTally tally(DeletionQuery query) {
    return transactions.look(jdbc -> new LedgerPages(jdbc).tally(query));
  }

  /** One deletion in any state; empty if there is none with this id. */
  public Optional<Deletion> find(UUID id) {
    return transactions.look(jdbc -> new Ledger(jdbc).find(id));
  }

  /** Holds in force on one deletion, the latest first. */
  public List<Hold> holds(UUID deletion) {
    return transactions.look(jdbc -> new Ledger(jdbc).holds(deletion, clock.instant()));
  }

  /**
   * Deletions in any state whose ids lie between two, both included, latest first; so that people
   * need not write out an id.
   */
  public List<Deletion> between(UUID first, UUID last, int limit) {
    return transactions.look(jdbc -> new Ledger(jdbc).between(first, last, limit));
  }

  /** Deletions that a purge would take now, the longest due first. */
  public List<Deletion> due(int limit) {
    return transactions.look(jdbc -> new Ledger(jdbc).due(clock.instant(), limit));
  }

  /** Holds in force on deletions in the trash, the latest first. */
  public List<Hold> holds() {
    return transactions.look(jdbc -> new Ledger(jdbc).holds(clock.instant()));
  }

  /**
   * What a restore would do and meet; changes nothing.
   *
   * @throws InputException if there is no such deletion in the trash
   */
  public RestoreReport preview(UUID id) {
    return transactions.look(
        jdbc -> {
          Ledger ledger = new Ledger(jdbc);
          Deletion deletion = inTrash(ledger.find(id).orElse(null), id);
          return new RestoreReport(
              deletion, deletion.counts(), conflicts(jdbc, id, ledger.tables(id)));
        });
  }

  /**
   * Brings back exactly what one deletion took.
   *
   * @throws InputException if there is no such deletion in the trash
   * @throws RestoreException if something is in the way; nothing is changed
   */
  public RestoreReport restore(UUID id, By by) {
    return transactions.change(jdbc -> restore(jdbc, id, by));
  }

  /**
   * Brings back what one deletion took, after the deletions that hold what its rows refer to, and
   * so on: all of them or none.
   *
   * @return one report per deletion in the order in which they came back, the given one last
   * @throws InputException if there is no such deletion in the trash
   * @throws RestoreException if something else is in the way of one of them; nothing is changed
   */
  public List<RestoreReport> restoreWithParents(UUID id, By by) {
    return transactions.change(
        jdbc ->
            new ParentsFirst(
                    new ParentsFirst.Steps() {
                      @Override
                      public Deletion lock(UUID needed) {
                        return inTrash(new Ledger(jdbc).lock(needed).orElse(null), needed);
                      }

                      @Override
                      public List<Conflict> conflicts(UUID needed) {
                        return Trash.this.conflicts(jdbc, needed, new Ledger(jdbc).tables(needed));
                      }

                      @Override
                      public RestoreReport restore(UUID needed) {
                        return Trash.this.restore(jdbc, needed, by);
                      }
                    })
                .restore(id));
  }

  private RestoreReport restore(JdbcOperations jdbc, UUID id, By by) {
    Ledger ledger = new Ledger(jdbc);
    Deletion deletion = inTrash(ledger.lock(id).orElse(null), id);
    List<ArchivedTable> tables = ledger.tables(id);
    jdbc.query(dialect.fixTextForms(), rs -> {});
    List<Conflict> conflicts =
        new Conflicts(decisions.catalog(), dialect, jdbc, id).unrefused(tables);
    refuse(conflicts);
    RestoreReport report = new RestoreReport(deletion, bringBack(jdbc, id, tables), conflicts);
    ledger.settle(id, Deletion.State.RESTORED, clock.instant(), by.actor());
    audit(jdbc, "restore", id, by, LedgerJson.counts(report.counts()));
    return report;
  }

  /** Tries, as the database looks anyway; only if it refuses, is it asked what exactly and why. */
  private Counts bringBack(JdbcOperations jdbc, UUID id, List<ArchivedTable> tables) {
    jdbc.execute("savepoint lethe_restore");
    try {
      Counts counts = new Restorer(decisions, dialect, jdbc, id).restore(tables);
      jdbc.execute("release savepoint lethe_restore");
      return counts;
    } catch (RestoreException e) {
      if (e.getCause() instanceof DataIntegrityViolationException) {
        jdbc.execute("rollback to savepoint lethe_restore");
        refuse(conflicts(jdbc, id, tables));
      }
      throw e;
    }
  }

  private static void refuse(List<Conflict> conflicts) {
    List<Conflict> blocking = conflicts.stream().filter(Conflict::blocks).toList();
    if (!blocking.isEmpty()) {
      throw new RestoreException(
          "cannot be restored: "
              + String.join("; ", blocking.stream().map(Conflict::message).toList())
              + "; nothing was changed",
          blocking);
    }
  }

  /**
   * Keeps a deletion from being purged, whatever its age.
   *
   * @param until null to hold it until the hold is lifted
   * @param by with the reason for it
   * @return the hold's id
   * @throws InputException if there is no such deletion in the trash, or no reason
   */
  public UUID hold(UUID id, @Nullable Instant until, By by) {
    if (by.reason() == null) {
      throw new InputException("a hold needs a reason");
    }
    return transactions.change(
        jdbc -> {
          Ledger ledger = new Ledger(jdbc);
          inTrash(ledger.lock(id).orElse(null), id);
          UUID hold = ledger.hold(id, by, until, clock.instant());
          audit(jdbc, "hold", id, by, "{\"hold\": \"" + hold + "\"}");
          return hold;
        });
  }

  /**
   * Lifts a hold.
   *
   * @throws InputException if there is none such that still holds
   */
  public void lift(UUID hold, By by) {
    boolean lifted =
        transactions.change(
            jdbc -> {
              boolean done = new Ledger(jdbc).lift(hold, by.actor(), clock.instant());
              if (done) {
                audit(jdbc, "lift", hold, by, "{}");
              }
              return done;
            });
    if (!lifted) {
      throw new InputException("no hold " + hold + " is in force");
    }
  }

  private void audit(JdbcOperations jdbc, String action, UUID object, By by, String details) {
    new Audit(jdbc)
        .append(clock.instant(), by.actor(), action, object.toString(), by.reason(), details);
  }

  private List<Conflict> conflicts(JdbcOperations jdbc, UUID id, List<ArchivedTable> tables) {
    jdbc.query(dialect.fixTextForms(), rs -> {});
    return new Conflicts(decisions.catalog(), dialect, jdbc, id).find(tables);
  }

  static Deletion inTrash(@Nullable Deletion found, UUID id) {
    if (found == null) {
      throw new InputException("no deletion " + id + " is known");
    }
    if (found.state() != Deletion.State.IN_TRASH) {
      throw new InputException(
          "deletion %s was already %s"
              .formatted(id, found.state() == Deletion.State.RESTORED ? "restored" : "purged"));
    }
    return found;
  }
}
