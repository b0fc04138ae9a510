package org.lethe.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What happens by itself once it is old enough. */
@Command(
    name = "rules",
    description = "The policy's retention rules: what they would do, run them, see what they did.",
    footer = {
      "  lethe rules list",
      "  lethe rules run unconfirmed-subscriptions --dry-run",
      "  lethe rules run --yes",
      "  lethe rules history",
      "  lethe rules pause inactive-accounts --reason \"the auditors are here\""
    })
final class RulesCommand extends CommandGroup {

  private RulesCommand(LetheCommand lethe) {
    super(lethe);
  }

  static CommandLine line(LetheCommand lethe) {
    return new RulesCommand(lethe)
        .with(
            new RulesListCommand(lethe),
            new RulesRunCommand(lethe),
            new RulesHistoryCommand(lethe),
            new RulesPauseCommand(lethe),
            new RulesResumeCommand(lethe));
  }
}
