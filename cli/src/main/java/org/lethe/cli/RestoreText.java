package org.lethe.cli;

import java.util.List;
import org.lethe.collect.Counts;
import org.lethe.trash.Conflict;
import org.lethe.trash.Deletion;
import org.lethe.trash.RestoreReport;
import tools.jackson.databind.node.ObjectNode;

/** Prints what a restore would do, did, or could not do, of one deletion or of several. */
final class RestoreText {

  private final TrashSession session;
  private final ReportFormat format;
  private final Terminal terminal;
  private final TrashText text;

  RestoreText(TrashSession session, ReportFormat format, Terminal terminal) {
    this.session = session;
    this.format = format;
    this.terminal = terminal;
    this.text = new TrashText(session.catalog(), terminal.paint(), terminal::result);
  }

  /**
   * Shows what would come back and asks; where other deletions must come back first, whether they
   * should.
   *
   * @throws UsageException if the answer is not yes
   */
  void ask(Comeback comeback, Confirmation confirmation) {
    if (!confirmation.given()) {
      TrashText said = new TrashText(session.catalog(), Paint.PLAIN, terminal::say);
      for (RestoreReport report : comeback.all()) {
        if (!comeback.needed().isEmpty()) {
          terminal.say(TrashText.what(report.deletion()) + ":");
        }
        said.printPreview(report);
        said.printConflicts(report.conflicts(), List.of());
      }
    }
    int needed = comeback.needed().size();
    confirmation.askYes(
        terminal,
        "Restore %s%s?"
            .formatted(
                TrashText.what(comeback.asked().deletion()),
                needed == 0
                    ? ""
                    : " and before it what it refers to, "
                        + (needed == 1 ? "1 other deletion" : needed + " other deletions")));
  }

  /** What would come back, in order. */
  void printRehearsal(List<RestoreReport> reports) {
    if (format != ReportFormat.TABLE) {
      printJson(reports);
      return;
    }
    for (RestoreReport report : reports) {
      if (reports.size() > 1) {
        terminal.result(TrashText.what(report.deletion()) + ":");
      }
      text.printPreview(report);
      printConflicts(report.deletion(), report.conflicts());
    }
  }

  /** What came back, in order. */
  void printRestored(List<RestoreReport> reports) {
    if (format != ReportFormat.TABLE) {
      printJson(reports);
      return;
    }
    for (RestoreReport report : reports) {
      text.printRestored(report);
      text.printConflicts(report.conflicts(), List.of());
    }
  }

  /** Nothing came back; says what is in the way, and what would help. */
  void printRefused(Deletion deletion, List<Conflict> conflicts) {
    if (format == ReportFormat.TABLE) {
      terminal.result("nothing was restored");
      printConflicts(deletion, conflicts);
    } else {
      JsonText.print(
          new TrashJson(session.catalog()).restored(deletion.id(), Counts.NONE, conflicts),
          format,
          terminal);
    }
  }

  private void printConflicts(Deletion deletion, List<Conflict> conflicts) {
    List<Deletion> parents = session.parents(conflicts);
    text.printConflicts(conflicts, parents);
    if (!parents.isEmpty() && Comeback.settledByParents(conflicts)) {
      terminal.result(
          "  or together: lethe restore %s --with-parents"
              .formatted(ShortId.shortened(deletion.id())));
    }
  }

  /** The last is the one that was asked for; those before it stand in {@code parents}. */
  private void printJson(List<RestoreReport> reports) {
    TrashJson json = new TrashJson(session.catalog());
    List<ObjectNode> all =
        reports.stream()
            .map(r -> json.restored(r.deletion().id(), r.counts(), r.conflicts()))
            .toList();
    ObjectNode asked = all.get(all.size() - 1);
    if (all.size() > 1) {
      asked.putArray("parents").addAll(all.subList(0, all.size() - 1));
    }
    JsonText.print(asked, format, terminal);
  }
}
