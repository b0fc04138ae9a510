package org.lethe.cli;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Counts;
import org.lethe.schema.Catalog;
import org.lethe.trash.Conflict;
import org.lethe.trash.Deletion;
import org.lethe.trash.Hold;
import org.lethe.trash.RestoreReport;

/** The trash for people. */
final class TrashText {

  private final Catalog catalog;
  private final Paint paint;
  private final Consumer<String> lines;

  TrashText(Catalog catalog, Paint paint, Consumer<String> lines) {
    this.catalog = catalog;
    this.paint = paint;
    this.lines = lines;
  }

  /** {@code in_trash} and the like. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** What was deleted, as people call it. */
  static String what(Deletion d) {
    return named(d.label(), d.rootTable());
  }

  private static String named(@Nullable String label, String otherwise) {
    return OneLine.of(Objects.requireNonNullElse(label, otherwise));
  }

  void printList(List<Deletion> deletions, Set<UUID> held) {
    TextTable table =
        new TextTable("lllrlll").row("ID", "WHEN", "WHAT", "ROWS", "WHO", "PURGES", "REASON");
    for (Deletion d : deletions) {
      table.row(
          ShortId.shortened(d.id()),
          Times.minutes(d.deletedAt()),
          what(d),
          Words.number(d.counts().total()),
          OneLine.of(d.actor()),
          fate(d, held.contains(d.id())),
          reason(d.reason()));
    }
    print(table);
  }

  private static String reason(@Nullable String reason) {
    return reason == null ? "" : OneLine.of(reason);
  }

  private static String fate(Deletion d, boolean held) {
    return switch (d.state()) {
      case RESTORED -> "restored";
      case PURGED -> "purged";
      case IN_TRASH -> held ? "held" : d.failure() != null ? "failed" : due(d);
    };
  }

  private static String due(Deletion d) {
    long days = Times.daysUntil(d.keepUntil());
    return days == 0 ? "due" : "in " + Words.number(days) + (days == 1 ? " day" : " days");
  }

  /** Who deleted what and when, and until when it is kept. */
  void printShown(Deletion d, List<Hold> holds) {
    line("deletion " + d.id() + "  " + paint.bold(what(d)));
    TextTable table = new TextTable("ll");
    table.row(
        "  deleted",
        Times.minutes(d.deletedAt())
            + " by "
            + OneLine.of(d.actor())
            + (d.reason() == null ? "" : ": " + OneLine.of(d.reason())));
    if (d.settledAt() != null) {
      table.row("  " + word(d.state()), Times.minutes(d.settledAt()));
    } else {
      table.row("  kept until", Times.minutes(d.keepUntil()) + ", purges " + fate(d, false));
    }
    for (Hold h : holds) {
      table.row("  held", held(h) + "; hold " + ShortId.shortened(h.id()));
    }
    if (d.failure() != null) {
      table.row("  failed", OneLine.of(d.failure()));
    }
    table.lines().forEach(lines);
  }

  /** {@code until 2027-12-31 by bob: a claim}. */
  static String held(Hold h) {
    return ends(h) + " by " + OneLine.of(h.placedBy()) + ": " + OneLine.of(h.reason());
  }

  private static String ends(Hold h) {
    return h.until() == null ? "until removed" : "until " + Times.lastDay(h.until());
  }

  /** What a restore would do and meet. */
  void printPreview(RestoreReport report) {
    String lead =
        report.blocked()
            ? " would come back, but it is " + paint.bold(paint.red("blocked"))
            : " would come back";
    line(paint.bold(Words.rows(report.counts().total())) + lead + changes(report.counts()));
    printCounts(report.counts(), "references back");
  }

  /** What a deletion took that is in the trash no more. */
  void printGone(Counts counts) {
    line(paint.bold(Words.rows(counts.total())) + " had gone");
    printCounts(counts, "updated");
  }

  private static String changes(Counts counts) {
    long changed = counts.updated().values().stream().mapToLong(Long::longValue).sum();
    return changed == 0
        ? ""
        : ", and %s its reference back"
            .formatted(changed == 1 ? "1 row would get" : Words.rows(changed) + " would each get");
  }

  void printRestored(RestoreReport report) {
    line(
        paint.green("restored")
            + ": "
            + paint.bold(Words.rows(report.counts().total()))
            + " of "
            + what(report.deletion()));
    printCounts(report.counts(), "references back");
  }

  private void printCounts(Counts counts, String updated) {
    TextTable table = new TextTable("lrl");
    counts
        .deleted()
        .forEach((t, rows) -> table.row("  " + catalog.displayName(t), Words.number(rows), ""));
    counts.updated().forEach((name, rows) -> table.row("  " + name, Words.number(rows), updated));
    table.lines().forEach(lines);
  }

  /**
   * What is in the way, and what else a restore meets.
   *
   * @param parents the deletions that would have to come back first
   */
  void printConflicts(List<Conflict> conflicts, List<Deletion> parents) {
    for (Conflict c : conflicts) {
      String kind = c.blocks() ? paint.red("blocks") : paint.yellow("note");
      line("  %s  %s: %s".formatted(kind, c.subject(), OneLine.of(c.message())));
    }
    for (Deletion parent : parents) {
      line("  first: lethe restore " + ShortId.shortened(parent.id()) + "  " + what(parent));
    }
  }

  void printHolds(List<Hold> holds) {
    TextTable table =
        new TextTable("llllll").row("ID", "DELETION", "WHAT", "ENDS", "WHO", "REASON");
    for (Hold h : holds) {
      table.row(
          ShortId.shortened(h.id()),
          ShortId.shortened(h.deletion()),
          named(h.label(), ""),
          ends(h),
          OneLine.of(h.placedBy()),
          OneLine.of(h.reason()));
    }
    print(table);
  }

  private void print(TextTable table) {
    List<String> rows = table.lines();
    line(paint.bold(rows.get(0)));
    rows.stream().skip(1).forEach(lines);
  }

  private void line(String text) {
    lines.accept(text);
  }
}
