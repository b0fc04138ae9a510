package org.lethe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.lethe.subject.RowHold;
import picocli.CommandLine.Command;

/** Lists rows that no erasure may touch. */
@Command(
    name = "holds",
    description = "List the rows that no erasure may touch for now, the latest first.",
    footer = {"  lethe requests holds"})
final class RequestsHoldsCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  RequestsHoldsCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    Session session = Session.open(lethe);
    Terminal terminal = lethe.terminal();
    List<RowHold> holds = RequestsLiftCommand.holds(session);
    if (holds.isEmpty()) {
      terminal.note("nothing is held");
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("lllll").row("ID", "ROW", "ENDS", "WHO", "REASON");
    for (RowHold hold : holds) {
      table.row(
          ShortId.shortened(hold.id()),
          session.lethe().catalog().displayName(hold.table()) + " " + KeyText.write(hold.key()),
          hold.until() == null ? "when lifted" : Times.lastDay(hold.until()),
          OneLine.of(hold.placedBy()),
          OneLine.of(hold.reason()));
    }
    table.lines().forEach(terminal::result);
    return ExitCode.DONE;
  }
}
