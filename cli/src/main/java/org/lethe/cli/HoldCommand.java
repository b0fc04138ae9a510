package org.lethe.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
@SuppressWarnings("NullAway.Init")
final class HoldCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Spec private CommandSpec spec;

  private HoldCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  static CommandLine line(LetheCommand lethe) {
    return new CommandLine(new HoldCommand(lethe))
        .addSubcommand(new HoldAddCommand(lethe))
        .addSubcommand(new HoldRemoveCommand(lethe))
        .addSubcommand(new HoldListCommand(lethe));
  }

  /** Without a command there is nothing to do but to help. */
  @Override
  public Integer call() {
    spec.commandLine().usage(lethe.terminal().out());
    return ExitCode.DONE;
  }
}
