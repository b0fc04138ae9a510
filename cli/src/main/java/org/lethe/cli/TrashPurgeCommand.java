package org.lethe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.retention.PurgeReport;
import org.lethe.trash.By;
import org.lethe.trash.Deletion;
import org.lethe.trash.Hold;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes one deletion final before its time. */
@Command(
    name = "purge",
    description =
        "Make one deletion final now. Asks for its name, since nothing brings it back then. Exit 1"
            + " if it is held.",
    footer = {
      "  lethe trash purge 1f0c3a2b",
      "  lethe trash purge 1f0c3a2b --yes --reason \"erasure asked for by mail\""
    })
@SuppressWarnings("NullAway.Init")
final class TrashPurgeCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "ID", description = "of the deletion; its first 4 characters may do")
  private String id;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the audit")
  private @Nullable String reason;

  @Mixin private final Confirmation confirmation = new Confirmation();
  @Mixin private final ActorOption actor = new ActorOption();
  @Mixin private final FormatOption format = new FormatOption();

  TrashPurgeCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    ShortId.digits(id);
    actor.check();
    Terminal terminal = lethe.terminal();
    confirmation.refuseUnattended(terminal, "lethe trash show " + id);
    TrashSession session = TrashSession.open(lethe);
    Deletion deletion = session.find(id);
    List<Hold> holds = session.holdsOn(deletion);
    if (!holds.isEmpty()) {
      terminal.error(
          "lethe: nothing was purged: %s is held, %s; lethe hold remove %s ends that"
              .formatted(
                  TrashText.what(deletion),
                  TrashText.held(holds.get(0)),
                  ShortId.shortened(holds.get(0).id())));
      return ExitCode.FINDINGS_OR_BLOCKED;
    }
    if (deletion.state() == Deletion.State.IN_TRASH) {
      confirmation.ask(
          terminal,
          TrashText.what(deletion),
          "Purging " + Words.rows(deletion.counts().total()) + " from the trash");
    }
    TrashSession current = session.upToDate();
    By by = new By(actor.name(), reason);
    long rows =
        new Progress(terminal)
            .during("purging", () -> current.purger(lethe).purge(deletion.id(), by));
    print(deletion, rows);
    return ExitCode.DONE;
  }

  private void print(Deletion deletion, long rows) {
    Terminal terminal = lethe.terminal();
    if (format.forPeople()) {
      terminal.result(
          "%s: %s, %s gone for good"
              .formatted(
                  terminal.paint().green("purged"), TrashText.what(deletion), Words.rows(rows)));
    } else {
      PurgeReport report = new PurgeReport(List.of(deletion.id()), rows, List.of(), false);
      JsonText.print(TrashJson.purged(report, List.of()), format.chosen(), terminal);
    }
  }
}
