package org.lethe.cli;

import java.util.concurrent.Callable;
import org.lethe.account.DepartureOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets somebody not sign in any more, who may come back. */
@Command(
    name = "deactivate",
    description =
        "Deactivate accounts: sign-in, sessions and tokens end at once, all else stays and comes back with reactivate.",
    footer = {
      "  lethe deactivate ada --reason \"on leave\"",
      "  lethe deactivate app:17 --reason resigned --take-groups --take-staff",
      "  lethe deactivate temp1 temp2 --reason \"end of contract\" --on 2027-12-31"
    })
@SuppressWarnings("NullAway.Init")
final class DeactivateCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Mixin private final LeavingOptions leaving = new LeavingOptions();

  @Option(names = "--take-groups", description = "take them out of all groups; remembered")
  private boolean groups;

  @Option(names = "--take-permissions", description = "take their own permissions; remembered")
  private boolean permissions;

  @Option(names = "--take-staff", description = "take staff and superuser status; remembered")
  private boolean staff;

  DeactivateCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    DepartureOptions options = new DepartureOptions(groups, permissions, staff);
    return leaving.run(
        lethe,
        "Deactivate",
        false,
        options,
        (departures, who, by) -> departures.deactivate(who, by, options));
  }
}
