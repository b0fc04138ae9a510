package org.lethe.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a script that completes commands and options in the shell. */
@Command(
    name = "completion",
    description = "Print a completion script for the shell.",
    footer = {
      "  lethe completion bash > ~/.lethe-completion",
      "  echo 'source ~/.lethe-completion' >> ~/.bashrc"
    })
@SuppressWarnings("NullAway.Init")
final class CompletionCommand implements Callable<Integer> {

  /** Shells that the one script serves: in zsh it turns on the emulation of bash by itself. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return this == BASH ? "bash" : "zsh";
    }
  }

  private final LetheCommand lethe;

  // Asked for so that a shell of another kind is refused; the script is the same for both.
  @SuppressWarnings("UnusedVariable")
  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell;

  CompletionCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    lethe.terminal().out().print(AutoComplete.bash("lethe", lethe.commandLine()));
    return ExitCode.DONE;
  }
}
