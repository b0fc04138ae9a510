package org.lethe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.lethe.collect.Counts;
import org.lethe.trash.By;
import org.lethe.trash.Conflict;
import org.lethe.trash.Deletion;
import org.lethe.trash.RestoreException;
import org.lethe.trash.RestoreReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings back exactly what one deletion took. */
@Command(
    name = "restore",
    description =
        "Bring back exactly what one deletion took. Exit 1 if something is in the way; then nothing"
            + " is changed.",
    footer = {
      "  lethe restore 1f0c3a2b",
      "  lethe restore 1f0c3a2b --dry-run",
      "  lethe restore 1f0c3a2b --yes --format json"
    })
@SuppressWarnings("NullAway.Init")
final class RestoreCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "ID", description = "of the deletion; its first 4 characters may do")
  private String id;

  @Mixin private final Confirmation confirmation = new Confirmation();
  @Mixin private final ActorOption actor = new ActorOption();

  @Mixin private final FormatOption format = new FormatOption();

  @Option(
      names = {"-n", "--dry-run"},
      description = "show what would come back, change nothing")
  private boolean dryRun;

  RestoreCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    TrashSession.digits(id);
    actor.check();
    Terminal terminal = lethe.terminal();
    if (!dryRun) {
      confirmation.refuseUnattended(terminal);
    }
    TrashSession session = TrashSession.open(lethe);
    Deletion deletion = session.find(id);
    if (!dryRun && confirmation.given()) {
      return restore(session, deletion);
    }
    RestoreReport preview =
        new Progress(terminal).during("looking", () -> session.trash().preview(deletion.id()));
    if (dryRun) {
      return rehearse(session, preview);
    }
    if (preview.blocked()) {
      return refused(session, deletion, preview.conflicts());
    }
    TrashText text = new TrashText(session.catalog(), Paint.PLAIN, terminal::say);
    text.printPreview(preview);
    text.printConflicts(preview.conflicts(), List.of());
    confirmation.askYes(terminal, "Restore " + TrashText.what(deletion) + "?");
    return restore(session, deletion);
  }

  private int rehearse(TrashSession session, RestoreReport preview) {
    Terminal terminal = lethe.terminal();
    if (format.forPeople()) {
      TrashText text = new TrashText(session.catalog(), terminal.paint(), terminal::result);
      text.printPreview(preview);
      text.printConflicts(preview.conflicts(), session.parents(preview.conflicts()));
    } else {
      printJson(session, preview.deletion(), preview.counts(), preview.conflicts());
    }
    terminal.note("dry run: nothing was changed");
    return preview.blocked() ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
  }

  private int restore(TrashSession session, Deletion deletion) {
    Terminal terminal = lethe.terminal();
    TrashSession current = session.upToDate();
    RestoreReport report;
    try {
      report =
          new Progress(terminal)
              .during(
                  "restoring",
                  () -> current.trash().restore(deletion.id(), new By(actor.name(), null)));
    } catch (RestoreException e) {
      if (e.conflicts().isEmpty()) {
        throw e;
      }
      return refused(session, deletion, e.conflicts());
    }
    if (format.forPeople()) {
      TrashText text = new TrashText(session.catalog(), terminal.paint(), terminal::result);
      text.printRestored(report);
      text.printConflicts(report.conflicts(), List.of());
    } else {
      printJson(session, deletion, report.counts(), report.conflicts());
    }
    return ExitCode.DONE;
  }

  private int refused(TrashSession session, Deletion deletion, List<Conflict> conflicts) {
    Terminal terminal = lethe.terminal();
    if (format.forPeople()) {
      terminal.result("nothing was restored");
      new TrashText(session.catalog(), terminal.paint(), terminal::result)
          .printConflicts(conflicts, session.parents(conflicts));
    } else {
      printJson(session, deletion, Counts.NONE, conflicts);
    }
    return ExitCode.FINDINGS_OR_BLOCKED;
  }

  private void printJson(
      TrashSession session, Deletion deletion, Counts counts, List<Conflict> conflicts) {
    JsonText.print(
        new TrashJson(session.catalog()).restored(deletion.id(), counts, conflicts),
        format.chosen(),
        lethe.terminal());
  }
}
