package org.lethe.execute;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Blocker;
import org.lethe.collect.Collected;
import org.lethe.collect.Collector;
import org.lethe.collect.Counts;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Flags;
import org.lethe.collect.Handfuls;
import org.lethe.collect.LinkWatch;
import org.lethe.collect.Roots;
import org.lethe.collect.RowNotFoundException;
import org.lethe.collect.Selection;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.plan.Plan;
import org.lethe.plan.Planner;
import org.lethe.plan.StalePlanException;
import org.lethe.plan.Staleness;
import org.lethe.plan.Step;
import org.lethe.plan.Tolerance;
import org.lethe.policy.Decisions;
import org.springframework.jdbc.core.JdbcOperations;

/** Runs removals: each in one transaction, completely or not at all. Thread-safe. */
public final class Executor {

  private final Decisions decisions;
  private final Dialect dialect;
  private final Transactions transactions;
  private final Means means;
  private final Handfuls handfuls;

  /** An executor over one database. */
  public Executor(Decisions decisions, Dialect dialect, Transactions transactions, Means means) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.transactions = transactions;
    this.means = means;
    this.handfuls = new Handfuls(decisions, dialect, means.handful());
  }

  /**
   * Collects, locks and deletes.
   *
   * @throws BlockedException if something blocks
   */
  public DeletionReport delete(Roots roots) {
    return delete(roots, Keeper.NONE);
  }

  /**
   * The same, and keeps what goes.
   *
   * @throws BlockedException if something blocks
   */
  public DeletionReport delete(Roots roots, Keeper keeper) {
    NativeCascade cascade = new NativeCascade(decisions, dialect);
    boolean natively = means.nativeCascade() && keeper.kind() == DeleteKind.HARD;
    return timed(
        (jdbc, again) ->
            Optional.of(roots)
                .filter(r -> natively && cascade.fits(r))
                .flatMap(r -> cascade.delete(jdbc, r))
                .map(counts -> seen(jdbc, counts, keeper))
                .orElseGet(
                    () -> remove(jdbc, roots, Collector.Mode.LOCK, again, selection -> {}, keeper)),
        keeper);
  }

  private static Counts seen(JdbcOperations jdbc, Counts counts, Keeper keeper) {
    if (!counts.equals(Counts.NONE)) {
      keeper.after(jdbc, counts);
    }
    return counts;
  }

  /**
   * Runs a plan if the rows are still those it was made for.
   *
   * @throws StalePlanException if they are not
   * @throws BlockedException if something blocks
   */
  public DeletionReport apply(Plan plan, Tolerance tolerance) {
    return apply(plan, tolerance, Keeper.NONE);
  }

  /**
   * The same, and keeps what goes.
   *
   * @throws StalePlanException if the rows are not those the plan was made for
   * @throws BlockedException if something blocks
   */
  public DeletionReport apply(Plan plan, Tolerance tolerance, Keeper keeper) {
    Roots roots = plan.selection().roots();
    if (plan.selection().kind() != keeper.kind()) {
      throw new InputException(
          keeper.kind() == DeleteKind.SOFT
              ? "this plan was made to delete for good, not into the trash; make a new one"
              : "this plan was made for the trash, not to delete for good; make a new one");
    }
    Executor chosen = choosing(plan);
    return whileFresh(
        plan,
        tolerance,
        rows ->
            timed(
                (jdbc, again) ->
                    chosen.remove(jdbc, roots, Collector.Mode.LOCK_AND_DIGEST, again, rows, keeper),
                keeper));
  }

  /**
   * Looks whether {@link #apply} would run now; locks and changes nothing.
   *
   * @return what it would touch
   * @throws StalePlanException if the rows are not those the plan was made for
   * @throws BlockedException if something blocks
   */
  public Selection rehearse(Plan plan, Tolerance tolerance) {
    Roots roots = plan.selection().roots();
    Executor chosen = choosing(plan);
    return whileFresh(
        plan,
        tolerance,
        rows ->
            transactions.look(
                jdbc ->
                    approved(
                        chosen
                            .collector(jdbc, roots, Collector.Mode.DIGEST, plan.selection().kind())
                            .collect(roots)
                            .selection(),
                        rows)));
  }

  /** What was chosen for a plan holds when it runs, and nothing else. */
  private Executor choosing(Plan plan) {
    return plan.selection().choices().equals(decisions.choices())
        ? this
        : new Executor(decisions.with(plan.selection().choices()), dialect, transactions, means);
  }

  private <T> T whileFresh(Plan plan, Tolerance tolerance, Function<Consumer<Selection>, T> work) {
    Staleness staleness = new Staleness(decisions, plan, tolerance);
    staleness.refuseOtherGround();
    try {
      return work.apply(staleness::refuseOtherRows);
    } catch (RowNotFoundException e) {
      throw new StalePlanException(List.of("there is no " + e.missing() + " any more"));
    }
  }

  private Collector collector(
      JdbcOperations jdbc, Roots roots, Collector.Mode mode, DeleteKind kind) {
    Flags flags = new Flags(decisions, dialect, kind, roots.table());
    return new Collector(decisions, dialect, jdbc, mode, flags, handfuls);
  }

  private static Selection approved(Selection selection, Consumer<Selection> approval) {
    if (selection.blocked()) {
      throw blocked(selection);
    }
    approval.accept(selection);
    return selection;
  }

  private Counts remove(
      JdbcOperations jdbc,
      Roots roots,
      Collector.Mode mode,
      boolean again,
      Consumer<Selection> approval,
      Keeper keeper) {
    Collected collected = collector(jdbc, roots, mode, keeper.kind()).collect(roots, again);
    Selection selection = approved(collected.selection(), approval);
    List<Step> steps = new Planner(decisions).steps(selection);
    if (!steps.isEmpty() && keeper.kind() == DeleteKind.SOFT) {
      keeper.before(jdbc, new Planner(decisions).plan(selection), collected);
    }
    new StepRunner(decisions.catalog(), dialect, jdbc, collected).run(steps, keeper);
    if (new LinkWatch(decisions, dialect, jdbc, collected).findsNewcomers()) {
      throw new Transactions.LostRaceException(
          "rows kept being added that refer to the deleted ones by a link");
    }
    return seen(jdbc, selection.counts(), keeper);
  }

  /**
   * Removes rows that were collected and locked in the transaction of {@code jdbc}, whatever said
   * that they go.
   *
   * @throws BlockedException if something blocks
   */
  public Counts remove(JdbcOperations jdbc, Collected collected) {
    Selection selection = approved(collected.selection(), s -> {});
    new StepRunner(decisions.catalog(), dialect, jdbc, collected)
        .run(new Planner(decisions).steps(selection), Keeper.NONE);
    return selection.counts();
  }

  private DeletionReport timed(Transactions.Repeatable<Counts> work, Keeper keeper) {
    long start = System.nanoTime();
    Counts counts = transactions.change(work);
    return new DeletionReport(
        counts, Duration.ofNanos(System.nanoTime() - start), keeper.deletion());
  }

  private static BlockedException blocked(Selection selection) {
    List<Blocker> blockers = selection.blockers();
    return new BlockedException(
        "blocked by "
            + blockers.stream()
                .map(
                    b ->
                        "%d row%s over %s (%s%s)"
                            .formatted(
                                b.rows(),
                                b.rows() == 1 ? "" : "s",
                                b.relation().name(),
                                b.kind().word(),
                                b.why() == null ? "" : ": " + b.why()))
                .collect(Collectors.joining(", "))
            + "; nothing was changed",
        selection);
  }
}
