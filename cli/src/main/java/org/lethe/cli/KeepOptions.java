package org.lethe.cli;

import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Roots;
import org.lethe.execute.DeletionReport;
import org.lethe.plan.Plan;
import org.lethe.plan.Tolerance;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a removal goes to the trash, for how long, and why. */
final class KeepOptions {

  private static final String DEFAULT_KEEP = "P30D";

  @Option(
      names = "--trash",
      description = "keep what goes, so that lethe restore can bring it back")
  private boolean trash;

  @Option(
      names = "--keep",
      paramLabel = "PERIOD",
      description = "with --trash: for how long, such as P30D (the default), P6M or P1Y")
  private @Nullable String keep;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "with --trash: why, for the ledger")
  private @Nullable String reason;

  @Mixin private final ActorOption actor = new ActorOption();

  boolean trash() {
    return trash;
  }

  /** What can be said against them without knowing the database. */
  void check() {
    if (!trash && (keep != null || reason != null || actor.given())) {
      throw new UsageException("--keep, --reason and --actor are for --trash; add it");
    }
    actor.check();
    period();
  }

  /** Deletes, with or without a way back; the ledger is made when it is first needed. */
  DeletionReport delete(Session session, Roots roots) {
    if (!trash) {
      return session.lethe().delete(roots);
    }
    LedgerSchema.migrate(session.database());
    return session.lethe().trash().delete(roots, period(), by());
  }

  /** The same for what was approved. */
  DeletionReport apply(Session session, Plan plan, Tolerance tolerance) {
    if (!trash) {
      return session.lethe().apply(plan, tolerance);
    }
    LedgerSchema.migrate(session.database());
    return session.lethe().trash().apply(plan, tolerance, period(), by());
  }

  private Period period() {
    return Times.period("--keep", keep == null ? DEFAULT_KEEP : keep);
  }

  private By by() {
    return new By(actor.name(), reason);
  }
}
