package org.lethe.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What can still come back. */
@Command(
    name = "trash",
    description = "Look at what was deleted, bring it back, or make it final now.",
    footer = {
      "  lethe trash list",
      "  lethe trash show 1f0c3a2b",
      "  lethe trash restore 1f0c3a2b",
      "  lethe trash purge 1f0c3a2b",
      "  lethe trash list --all --format json"
    })
final class TrashCommand extends CommandGroup {

  private TrashCommand(LetheCommand lethe) {
    super(lethe);
  }

  static CommandLine line(LetheCommand lethe) {
    return new TrashCommand(lethe)
        .with(
            new TrashListCommand(lethe),
            new TrashShowCommand(lethe),
            new RestoreCommand(lethe),
            new TrashPurgeCommand(lethe));
  }
}
