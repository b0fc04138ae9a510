package org.lethe.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What can still come back. */
@Command(
    name = "trash",
    description = "Look at what was deleted with --trash, and bring it back.",
    footer = {
      "  lethe trash list",
      "  lethe trash show 1f0c3a2b",
      "  lethe trash restore 1f0c3a2b",
      "  lethe trash list --all --format json"
    })
@SuppressWarnings("NullAway.Init")
final class TrashCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Spec private CommandSpec spec;

  private TrashCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  static CommandLine line(LetheCommand lethe) {
    return new CommandLine(new TrashCommand(lethe))
        .addSubcommand(new TrashListCommand(lethe))
        .addSubcommand(new TrashShowCommand(lethe))
        .addSubcommand(new RestoreCommand(lethe));
  }

  /** Without a command there is nothing to do but to help. */
  @Override
  public Integer call() {
    spec.commandLine().usage(lethe.terminal().out());
    return ExitCode.DONE;
  }
}
