package org.lethe.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.lethe.collect.Blocker;
import org.lethe.execute.DeletionReport;
import org.lethe.execute.ReportJson;
import org.lethe.schema.Catalog;

/** Prints what a removal did. */
final class ReportText {

  private final Catalog catalog;
  private final Terminal terminal;
  private final ReportFormat format;

  ReportText(Catalog catalog, Terminal terminal, ReportFormat format) {
    this.catalog = catalog;
    this.terminal = terminal;
    this.format = format;
  }

  void print(DeletionReport report) {
    switch (format) {
      case TABLE -> printTable(report);
      case JSON -> line(JsonText.indented(ReportJson.of(report, catalog)));
      case NDJSON -> line(JsonText.line(ReportJson.of(report, catalog)));
    }
  }

  /** Nothing happened; says what is in the way. */
  void printBlocked(List<Blocker> blockers) {
    switch (format) {
      case TABLE -> {
        line("nothing was deleted");
        new PreviewText(catalog, terminal.paint(), this::line).printBlockers(blockers);
      }
      case JSON -> line(JsonText.indented(ReportJson.blocked(blockers, catalog)));
      case NDJSON -> line(JsonText.line(ReportJson.blocked(blockers, catalog)));
    }
  }

  private void printTable(DeletionReport report) {
    Paint paint = terminal.paint();
    line(
        paint.green("done")
            + ": "
            + paint.bold(Words.rows(report.total()))
            + " deleted in "
            + seconds(report.duration()));
    TextTable table = new TextTable("lrl");
    report
        .counts()
        .deleted()
        .forEach((t, rows) -> table.row("  " + catalog.displayName(t), Words.number(rows), ""));
    report
        .counts()
        .updated()
        .forEach((relation, rows) -> table.row("  " + relation, Words.number(rows), "updated"));
    table.lines().forEach(this::line);
    if (report.deletion() != null) {
      line("deletion " + report.deletion() + " is in the trash; to bring it back:");
      line("  lethe restore " + ShortId.shortened(report.deletion()));
    }
  }

  private static String seconds(Duration d) {
    return d.toMillis() < 1000
        ? d.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
  }

  private void line(String text) {
    terminal.result(text);
  }
}
