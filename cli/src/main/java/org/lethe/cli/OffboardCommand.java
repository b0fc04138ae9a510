package org.lethe.cli;

import java.util.concurrent.Callable;
import org.lethe.account.DepartureOptions;
import org.lethe.account.Departures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets somebody go for good. */
@Command(
    name = "offboard",
    description =
        "Deactivate accounts of those who left for good: groups, permissions, staff and superuser status go as well, and are remembered.",
    footer = {
      "  lethe offboard ada --reason resigned",
      "  lethe offboard ada --reason resigned --on 2027-12-31"
    })
final class OffboardCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Mixin private final LeavingOptions leaving = new LeavingOptions();

  OffboardCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    return leaving.run(lethe, "Offboard", true, DepartureOptions.ALL, Departures::offboard);
  }
}
