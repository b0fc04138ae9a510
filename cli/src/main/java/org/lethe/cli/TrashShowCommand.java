package org.lethe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.trash.Deletion;
import org.lethe.trash.Hold;
import org.lethe.trash.RestoreReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one deletion and what its restore would meet. */
@Command(
    name = "show",
    description =
        "Show one deletion, what would come back and what is in the way. Exit 1 if something is.",
    footer = {"  lethe trash show 1f0c3a2b", "  lethe trash show 1f0c --format json"})
@SuppressWarnings("NullAway.Init")
final class TrashShowCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "ID", description = "of the deletion; its first 4 characters may do")
  private String id;

  @Mixin private final FormatOption format = new FormatOption();

  TrashShowCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    ShortId.digits(id);
    Terminal terminal = lethe.terminal();
    TrashSession session = TrashSession.open(lethe);
    Deletion deletion = session.find(id);
    List<Hold> holds = session.holdsOn(deletion);
    @Nullable RestoreReport restore =
        deletion.state() == Deletion.State.IN_TRASH
            ? new Progress(terminal).during("looking", () -> session.trash().preview(deletion.id()))
            : null;
    if (format.forPeople()) {
      print(session, deletion, holds, restore);
    } else {
      JsonText.print(
          new TrashJson(session.catalog()).shown(deletion, holds, restore),
          format.chosen(),
          terminal);
    }
    return restore != null && restore.blocked() ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
  }

  private void print(
      TrashSession session, Deletion deletion, List<Hold> holds, @Nullable RestoreReport restore) {
    Terminal terminal = lethe.terminal();
    TrashText text = new TrashText(session.catalog(), terminal.paint(), terminal::result);
    text.printShown(deletion, holds);
    if (restore == null) {
      text.printGone(deletion.counts());
    } else {
      text.printPreview(restore);
      text.printConflicts(restore.conflicts(), session.parents(restore.conflicts()));
    }
  }
}
