package org.lethe.cli;

import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Roots;
import org.lethe.error.NotPermittedException;
import org.lethe.execute.DeletionReport;
import org.lethe.plan.Plan;
import org.lethe.plan.Tolerance;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether what a removal takes can come back: for how long, and why it went. */
final class KeepOptions {

  @Mixin private final KindOption kind = new KindOption();

  @Option(
      names = "--keep",
      paramLabel = "PERIOD",
      description =
          "stay in the trash so long, such as P90D or P6M; else as the policy says, or P30D")
  private @Nullable String keep;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the ledger")
  private @Nullable String reason;

  @Mixin private final ActorOption actor = new ActorOption();

  /** What it was called while it was not yet the rule. */
  @Option(names = "--trash", hidden = true)
  private boolean trash;

  DeleteKind kind() {
    return kind.kind();
  }

  boolean permanently() {
    return kind.permanently();
  }

  /**
   * A plan was approved as what it is: whoever applies it must know whether there is a way back.
   */
  void check(Plan plan) {
    DeleteKind planned = plan.selection().kind();
    if (planned != kind()) {
      throw new UsageException(
          planned == DeleteKind.HARD
              ? "this plan deletes for good; add --permanently if that is meant, or make a plan"
                  + " without it"
              : "this plan puts rows into the trash; to delete for good make one with: lethe plan"
                  + " --permanently");
    }
  }

  /** What can be said against them without knowing the database. */
  void check() {
    if (trash) {
      throw new UsageException(
          "leave out --trash: what is deleted goes to the trash by default now, unless"
              + " --permanently is given");
    }
    if (permanently() && keep != null) {
      throw new UsageException("--keep is for the trash, and --permanently puts nothing there");
    }
    actor.check();
    if (keep != null) {
      Times.period("--keep", keep);
    }
  }

  /**
   * Before anybody is asked: whether the trash can be used.
   *
   * @throws NotPermittedException if this role may not
   */
  void checkRights(Session session) {
    if (!permanently()) {
      explained(() -> LedgerSchema.check(session.database()));
    }
  }

  /** Deletes; the ledger is made when it is first needed. */
  DeletionReport delete(Session session, Roots roots) {
    if (permanently()) {
      return audited(session)
          ? session.lethe().trash().deletePermanently(roots, by())
          : session.lethe().delete(roots);
    }
    explained(() -> LedgerSchema.migrate(session.database()));
    return session.lethe().trash().delete(roots, period(session, roots), by());
  }

  /** The same for what was approved. */
  DeletionReport apply(Session session, Plan plan, Tolerance tolerance) {
    if (permanently()) {
      return audited(session)
          ? session.lethe().trash().applyPermanently(plan, tolerance, by())
          : session.lethe().apply(plan, tolerance);
    }
    explained(() -> LedgerSchema.migrate(session.database()));
    Period period = period(session, plan.selection().roots());
    return session.lethe().trash().apply(plan, tolerance, period, by());
  }

  /**
   * What goes for good needs no tables of Lethe's own; where they are, the audit says who it was.
   *
   * @throws UsageException if somebody said who or why, and it could not be kept
   */
  private boolean audited(Session session) {
    boolean there = LedgerSchema.isCurrent(session.database());
    if (!there && (reason != null || actor.given())) {
      throw new UsageException(
          "--reason and --actor are for the audit, and there is none this role could write to; leave"
              + " them out, or delete something into the trash first, which makes it");
    }
    return there;
  }

  private static void explained(Runnable ledger) {
    try {
      ledger.run();
    } catch (NotPermittedException e) {
      throw new NotPermittedException(
          e.getMessage() + ". Or delete --permanently: then there is no way back", e);
    }
  }

  /** What would become of the rows, such as {@code it would go to the trash for 30 days}. */
  String outlook(Session session, Roots roots) {
    return permanently()
        ? "it would be gone for good"
        : "it would go to the trash for " + Times.words(period(session, roots));
  }

  private Period period(Session session, Roots roots) {
    return keep == null
        ? session.lethe().decisions().trash(roots.table()).keep()
        : Times.period("--keep", keep);
  }

  /** Who does it, and why. */
  By by() {
    return new By(actor.name(), reason);
  }
}
