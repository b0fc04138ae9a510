package org.lethe.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Commands beneath a common word; the word alone helps. */
@SuppressWarnings("NullAway.Init")
abstract class CommandGroup implements Callable<Integer> {

  private final LetheCommand lethe;

  @Spec private CommandSpec spec;

  CommandGroup(LetheCommand lethe) {
    this.lethe = lethe;
  }

  /**
   * @param commands in the order in which help shows them
   */
  final CommandLine with(Object... commands) {
    CommandLine line = new CommandLine(this);
    for (Object command : commands) {
      line.addSubcommand(command);
    }
    return line;
  }

  @Override
  public final Integer call() {
    spec.commandLine().usage(lethe.terminal().out());
    return ExitCode.DONE;
  }
}
