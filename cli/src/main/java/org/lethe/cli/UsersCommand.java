package org.lethe.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Accounts, Lethe's own and the application's. */
@Command(
    name = "users",
    description = "List accounts, add some, set passwords; and see to planned departures.",
    footer = {
      "  lethe users list --deactivated",
      "  lethe users add ada --superuser",
      "  lethe users password ada",
      "  lethe users planned",
      "  lethe users due"
    })
final class UsersCommand extends CommandGroup {

  private UsersCommand(LetheCommand lethe) {
    super(lethe);
  }

  static CommandLine line(LetheCommand lethe) {
    return new UsersCommand(lethe)
        .with(
            new UsersListCommand(lethe),
            new UsersAddCommand(lethe),
            new UsersPasswordCommand(lethe),
            new UsersPlannedCommand(lethe),
            new UsersCancelCommand(lethe),
            new UsersDueCommand(lethe));
  }
}
