package org.lethe.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Who did what. */
@Command(
    name = "audit",
    description = "See who did what and when, and whether that record is whole.",
    footer = {
      "  lethe audit list --actor ada",
      "  lethe audit list --object 1f0c3a2b",
      "  lethe audit verify"
    })
final class AuditCommand extends CommandGroup {

  private AuditCommand(LetheCommand lethe) {
    super(lethe);
  }

  static CommandLine line(LetheCommand lethe) {
    return new AuditCommand(lethe).with(new AuditListCommand(lethe), new AuditVerifyCommand(lethe));
  }
}
