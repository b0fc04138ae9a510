package org.lethe.cli;

import java.util.function.Supplier;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Selected;
import org.lethe.collect.Selection;
import org.lethe.execute.DeletionReport;
import org.lethe.plan.Plan;
import org.lethe.schema.Catalog;

/** Runs a removal and prints its outcome, blocked or done. */
final class Removal {

  private final Terminal terminal;
  private final Catalog catalog;
  private final ReportText report;
  private final KeepOptions keep;

  Removal(Terminal terminal, Catalog catalog, ReportFormat format, KeepOptions keep) {
    this.terminal = terminal;
    this.catalog = catalog;
    this.keep = keep;
    this.report = new ReportText(catalog, terminal, format);
  }

  int run(Supplier<DeletionReport> work) {
    try {
      report.print(new Progress(terminal).during("deleting", work));
      return ExitCode.DONE;
    } catch (BlockedException e) {
      report.printBlocked(e.blockers());
      return ExitCode.FINDINGS_OR_BLOCKED;
    }
  }

  /**
   * Shows what the plan takes and asks, unless --yes was given; has the name of its root typed
   * where there is no way back.
   */
  int confirmAndRun(Plan plan, Confirmation confirmation, Supplier<DeletionReport> work) {
    if (plan.selection().blocked()) {
      report.printBlocked(plan.selection().blockers());
      return ExitCode.FINDINGS_OR_BLOCKED;
    }
    String name = name(plan.selection(), catalog);
    if (!confirmation.given() && plan.counts().total() > 0) {
      PreviewText text = new PreviewText(catalog, Paint.PLAIN, terminal::say);
      text.printCounts(plan.selection(), name);
      text.printWarnings(plan.selection().warnings());
      ask(confirmation, name, plan.counts().total());
    }
    return run(work);
  }

  private void ask(Confirmation confirmation, String name, long rows) {
    if (keep.trash()) {
      confirmation.askYes(terminal, "Put " + Words.rows(rows) + " into the trash?");
    } else {
      confirmation.ask(terminal, name, "Deleting " + Words.rows(rows));
    }
  }

  /** The roots in short, such as {@code customer 1}. */
  static String name(Selection selection, Catalog catalog) {
    long rootRows =
        selection.tables().stream()
            .map(Selected::reachedBy)
            .mapToLong(by -> by.getOrDefault("", 0L))
            .sum();
    return Words.roots(selection.roots(), rootRows, catalog);
  }
}
