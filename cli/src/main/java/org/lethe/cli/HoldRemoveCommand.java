package org.lethe.cli;

import java.util.concurrent.Callable;
import org.lethe.trash.By;
import org.lethe.trash.Hold;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a hold. */
@Command(
    name = "remove",
    description = "End a hold; the deletion is purged when its time is up.",
    footer = {"  lethe hold remove 9d0e4c11"})
@SuppressWarnings("NullAway.Init")
final class HoldRemoveCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(
      paramLabel = "HOLD",
      description = "id of the hold, as lethe hold list shows it; its first 4 characters may do")
  private String id;

  @Mixin private final ActorOption actor = new ActorOption();

  @Mixin private final FormatOption format = new FormatOption();

  HoldRemoveCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    ShortId.digits(id);
    actor.check();
    TrashSession session = TrashSession.open(lethe);
    Hold hold = session.findHold(id);
    session.upToDate().trash().lift(hold.id(), new By(actor.name(), null));
    Terminal terminal = lethe.terminal();
    if (format.forPeople()) {
      terminal.result(
          "hold %s on deletion %s removed"
              .formatted(ShortId.shortened(hold.id()), ShortId.shortened(hold.deletion())));
    } else {
      JsonText.print(TrashJson.hold(hold), format.chosen(), terminal);
    }
    return ExitCode.DONE;
  }
}
