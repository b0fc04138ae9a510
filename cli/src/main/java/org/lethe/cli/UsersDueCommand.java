package org.lethe.cli;

import java.util.concurrent.Callable;
import org.lethe.account.DepartureReport;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Carries out departures whose day has come. */
@Command(
    name = "due",
    description =
        "Carry out planned departures whose day has come, and end sessions elsewhere that could not be ended before.",
    footer = {"  lethe users due"})
final class UsersDueCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Mixin private final ActorOption actor = new ActorOption();

  @Mixin private final FormatOption format = new FormatOption();

  UsersDueCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    DepartureReport report =
        AccountsSession.open(lethe).accounts().departures().runDue(new By(actor.name(), null));
    Terminal terminal = lethe.terminal();
    if (report.done().isEmpty() && report.refused().isEmpty()) {
      terminal.note("no departure is due");
    }
    return LeavingOptions.print(terminal, report, format);
  }
}
