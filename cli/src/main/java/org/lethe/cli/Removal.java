package org.lethe.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Preview;
import org.lethe.collect.PreviewJson;
import org.lethe.collect.Roots;
import org.lethe.collect.Row;
import org.lethe.collect.Selected;
import org.lethe.collect.Selection;
import org.lethe.execute.DeletionReport;
import org.lethe.plan.Plan;
import org.lethe.schema.Catalog;

/** Runs a removal, or rehearses it, and prints its outcome: blocked or done. */
final class Removal {

  private final Terminal terminal;
  private final Session session;
  private final Catalog catalog;
  private final ReportFormat format;
  private final ReportText report;
  private final KeepOptions keep;

  Removal(Terminal terminal, Session session, ReportFormat format, KeepOptions keep) {
    this.terminal = terminal;
    this.session = session;
    this.catalog = session.lethe().catalog();
    this.format = format;
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
   * Shows what the plan takes and asks, unless --yes was given; has its name typed where there is
   * no way back.
   */
  int confirmAndRun(Plan plan, Confirmation confirmation, Supplier<DeletionReport> work) {
    if (plan.selection().blocked()) {
      report.printBlocked(plan.selection().blockers());
      return ExitCode.FINDINGS_OR_BLOCKED;
    }
    if (!confirmation.given() && plan.counts().total() > 0) {
      PreviewText text = new PreviewText(catalog, Paint.PLAIN, terminal::say);
      text.printCounts(plan.selection(), name(plan.selection(), catalog));
      text.printWarnings(plan.selection().warnings());
      ask(confirmation, plan);
    }
    return run(work);
  }

  private void ask(Confirmation confirmation, Plan plan) {
    String rows = Words.rows(plan.counts().total());
    if (keep.permanently()) {
      confirmation.ask(terminal, typedName(plan.selection()), "Deleting " + rows);
    } else {
      confirmation.askYes(terminal, "Put " + rows + " into the trash?");
    }
  }

  /** The label of a single row, since a key is soon mistyped; else how rows are counted. */
  private String typedName(Selection selection) {
    Optional<Row> only =
        selection.roots() instanceof Roots.Keys keys && keys.keys().size() == 1
            ? session.lethe().row(keys.table(), keys.keys().get(0))
            : Optional.empty();
    return only.map(row -> OneLine.of(row.label()))
        .filter(label -> !label.isEmpty())
        .orElseGet(() -> name(selection, catalog));
  }

  /**
   * Shows what would happen.
   *
   * @param outcome for those who read no result, such as {@code nothing was changed}
   */
  int rehearse(Supplier<Selection> look, String outcome) {
    Selection selection;
    try {
      selection = new Progress(terminal).during("collecting", look);
    } catch (BlockedException e) {
      report.printBlocked(e.blockers());
      return ExitCode.FINDINGS_OR_BLOCKED;
    }
    Preview preview = new Preview(selection, List.of(), rootRows(selection));
    switch (format) {
      case TABLE -> new PreviewText(catalog, terminal.paint(), terminal::result).printTree(preview);
      case JSON -> terminal.result(JsonText.indented(PreviewJson.of(preview, catalog)));
      case NDJSON -> terminal.result(JsonText.line(PreviewJson.of(preview, catalog)));
    }
    terminal.note(
        "dry run: "
            + outcome
            + (selection.blocked() ? "" : "; " + keep.outlook(session, selection.roots())));
    return selection.blocked() ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
  }

  /** The roots in short, such as {@code customer 1}. */
  static String name(Selection selection, Catalog catalog) {
    return Words.roots(selection.roots(), rootRows(selection), catalog);
  }

  private static long rootRows(Selection selection) {
    return selection.tables().stream()
        .map(Selected::reachedBy)
        .mapToLong(by -> by.getOrDefault("", 0L))
        .sum();
  }
}
