package org.lethe.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lethe.trash.Hold;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the holds in force. */
@Command(
    name = "list",
    description = "List the holds in force, the latest first.",
    footer = {"  lethe hold list", "  lethe hold list --format json"})
final class HoldListCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Mixin private final FormatOption format = new FormatOption();

  HoldListCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    Terminal terminal = lethe.terminal();
    Optional<TrashSession> session = TrashSession.look(lethe);
    List<Hold> holds = session.map(s -> s.trash().holds()).orElseGet(List::of);
    if (!format.forPeople()) {
      JsonText.print(holds.stream().map(TrashJson::hold).toList(), format.chosen(), terminal);
    } else if (holds.isEmpty()) {
      terminal.note(session.isEmpty() ? TrashSession.NOTHING_YET : "nothing is held");
    } else {
      new TrashText(session.orElseThrow().catalog(), terminal.paint(), terminal::result)
          .printHolds(holds);
    }
    return ExitCode.DONE;
  }
}
