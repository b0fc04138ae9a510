package org.lethe.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.lethe.collect.Blocker;
import org.lethe.collect.PathStep;
import org.lethe.collect.Preview;
import org.lethe.collect.Selected;
import org.lethe.collect.Selection;
import org.lethe.collect.Updated;
import org.lethe.collect.Warning;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Catalog;

/** A preview for people: counts, then warnings, then the tree, then what blocks. */
final class PreviewText {

  private final Catalog catalog;
  private final Paint paint;
  private final Consumer<String> lines;

  PreviewText(Catalog catalog, Paint paint, Consumer<String> lines) {
    this.catalog = catalog;
    this.paint = paint;
    this.lines = lines;
  }

  void printTree(Preview preview) {
    printCounts(preview);
    printWarnings(preview.selection().warnings());
    if (!preview.tree().isEmpty()) {
      line("");
      new TreeText(catalog, paint).lines(preview).forEach(this::line);
    }
    printBlockers(preview.selection().blockers());
  }

  /** Counts alone, with the relation by which rows were first reached. */
  void printTable(Selection selection) {
    TextTable table = new TextTable("lrll").row("TABLE", "ROWS", "EFFECT", "REACHED BY");
    for (Selected s : selection.tables()) {
      table.row(
          catalog.displayName(s.table()),
          Words.number(s.rows()),
          s.marked() ? "marked" : "deleted",
          reachedBy(s));
    }
    for (Updated u : selection.updates()) {
      table.row(
          catalog.displayName(u.relation().child()),
          Words.number(u.rows()),
          action(u.onDelete()),
          u.relation().name());
    }
    List<String> rows = table.lines();
    line(paint.bold(rows.get(0)));
    rows.stream().skip(1).forEach(this::line);
    printWarnings(selection.warnings());
    printBlockers(selection.blockers());
  }

  private void printCounts(Preview preview) {
    Selection selection = preview.selection();
    printCounts(selection, Words.roots(selection.roots(), preview.rootRows(), catalog));
  }

  /** {@code customer 1: 46 rows would go}, and how many of each table. */
  void printCounts(Selection selection, String roots) {
    long total = selection.counts().total();
    long changed = selection.updates().stream().mapToLong(Updated::rows).sum();
    line(
        paint.bold(roots)
            + ": "
            + paint.bold(Words.rows(total))
            + " would go"
            + (changed == 0 ? "" : ", " + Words.number(changed) + " would change")
            + (selection.blocked() ? ", but it is " + paint.bold(paint.red("blocked")) : ""));
    TextTable table = new TextTable("lrl");
    for (Selected s : selection.tables()) {
      table.row(
          "  " + catalog.displayName(s.table()),
          Words.number(s.rows()),
          s.marked() ? "marked as deleted" : "");
    }
    for (Updated u : selection.updates()) {
      table.row("  " + u.relation().name(), Words.number(u.rows()), action(u.onDelete()));
    }
    table.lines().forEach(this::line);
  }

  void printWarnings(List<Warning> warnings) {
    if (!warnings.isEmpty()) {
      line("");
    }
    for (Warning w : warnings) {
      line(paint.yellow("warning") + " " + w.subject() + ": " + OneLine.of(w.text()));
    }
  }

  void printBlockers(List<Blocker> blockers) {
    if (blockers.isEmpty()) {
      return;
    }
    line("");
    line(
        paint.bold(paint.red("blocked"))
            + (blockers.size() == 1
                ? " by 1 relation; nothing can go until it is settled"
                : " by %d relations; nothing can go until all are settled"
                    .formatted(blockers.size())));
    blockers.forEach(this::printBlocker);
    Set<String> decisions = new LinkedHashSet<>();
    blockers.stream()
        .map(Blocker::snippet)
        .filter(Objects::nonNull)
        .forEach(snippet -> snippet.lines().forEach(decisions::add));
    if (!decisions.isEmpty()) {
      line("  to decide, put into lethe.yaml (cascade, set_null, protect ... as you see fit):");
      decisions.forEach(l -> line("    " + l));
    }
  }

  private void printBlocker(Blocker b) {
    line(
        "  %s  %s, %s"
            .formatted(paint.bold(b.relation().name()), b.kind().word(), Words.rows(b.rows())));
    if (!b.path().isEmpty()) {
      line("    path: " + Words.path(b.path(), catalog));
    }
    if (b.why() != null) {
      line("    why:  " + b.why());
    }
    line("    fix:  " + fix(b));
  }

  private String fix(Blocker b) {
    String child = catalog.displayName(b.relation().child());
    if (b.kind().updates()) {
      return "point them at another row, or remove those rows of " + child + " that are in the way";
    }
    return switch (b.kind()) {
      case UNDECIDED -> "nobody decided yet; see below";
      case RESTRICT ->
          "remove those rows of " + child + " along with these, or decide otherwise in lethe.yaml";
      default -> "remove those rows of " + child + " first, or decide otherwise in lethe.yaml";
    };
  }

  /** Answers "why is this here?". */
  void printWhy(String asked, String roots, List<PathStep> path) {
    if (path.isEmpty()) {
      line(asked + " is not touched when " + roots + " goes");
      return;
    }
    line(asked + " is here because of");
    printPath(path);
  }

  /** The steps of a path, from its start. */
  void printPath(List<PathStep> path) {
    int depth = 0;
    for (PathStep step : path) {
      String indent = "   ".repeat(depth);
      if (step.skipped() > 0) {
        line("  " + indent + "… " + Words.number(step.skipped()) + " more by " + step.relation());
      }
      line(
          "  "
              + indent
              + (step.relation() == null ? "" : "└─ ")
              + TreeText.title(step.row(), catalog, paint)
              + "  "
              + paint.faint(step.relation() == null ? "root" : step.relation()));
      depth += step.relation() == null ? 0 : 1;
    }
  }

  private static String action(OnDelete onDelete) {
    return onDelete.toString().replace('_', ' ');
  }

  private static String reachedBy(Selected s) {
    Map<String, Long> by = s.reachedBy();
    return by.entrySet().stream()
        .map(
            e ->
                (e.getKey().isEmpty() ? "root" : e.getKey())
                    + (by.size() == 1 ? "" : " " + Words.number(e.getValue())))
        .collect(Collectors.joining(", "));
  }

  private void line(String text) {
    lines.accept(text);
  }
}
