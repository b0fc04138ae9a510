package org.lethe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.lethe.account.PlannedDeparture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists departures still to come. */
@Command(
    name = "planned",
    description = "List departures still to come, the next one first.",
    footer = {"  lethe users planned", "  lethe users cancel 3"})
final class UsersPlannedCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Mixin private final FormatOption format = new FormatOption();

  UsersPlannedCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    Terminal terminal = lethe.terminal();
    List<PlannedDeparture> plans = AccountsSession.open(lethe).accounts().departures().planned();
    if (!format.forPeople()) {
      JsonText.print(plans.stream().map(AccountsJson::plan).toList(), format.chosen(), terminal);
      return ExitCode.DONE;
    }
    if (plans.isEmpty()) {
      terminal.note("no departure is planned");
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("rlllll");
    table.row("plan", "account", "on", "what", "by", "reason");
    for (PlannedDeparture p : plans) {
      table.row(
          Long.toString(p.id()),
          p.account().text(),
          Times.minutes(p.due()),
          p.offboard() ? "offboard" : "deactivate",
          OneLine.of(p.by()),
          p.why() == null ? "" : OneLine.of(p.why()));
    }
    table.lines().forEach(terminal::result);
    return ExitCode.DONE;
  }
}
