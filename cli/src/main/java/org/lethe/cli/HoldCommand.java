package org.lethe.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What must not go yet. */
@Command(
    name = "hold",
    description = "Keep deletions in the trash from being purged, however old they get.",
    footer = {
      "  lethe hold add 1f0c3a2b --reason \"claim of ACME, file 77\"",
      "  lethe hold add 1f0c3a2b --reason \"tax audit\" --until 2027-12-31",
      "  lethe hold list",
      "  lethe hold remove 9d0e4c11"
    })
final class HoldCommand extends CommandGroup {

  private HoldCommand(LetheCommand lethe) {
    super(lethe);
  }

  static CommandLine line(LetheCommand lethe) {
    return new HoldCommand(lethe)
        .with(new HoldAddCommand(lethe), new HoldRemoveCommand(lethe), new HoldListCommand(lethe));
  }
}
