package org.lethe.cli;

import java.util.concurrent.Callable;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Calls a planned departure off. */
@Command(
    name = "cancel",
    description = "Call a planned departure off.",
    footer = {"  lethe users cancel 3"})
final class UsersCancelCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "PLAN", description = "its number, as lethe users planned shows it")
  private long plan;

  @Mixin private final ActorOption actor = new ActorOption();

  UsersCancelCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    AccountsSession.open(lethe).accounts().departures().cancel(plan, new By(actor.name(), null));
    lethe.terminal().result("plan " + plan + " is called off");
    return ExitCode.DONE;
  }
}
