package org.lethe.cli;

import java.util.concurrent.Callable;
import org.lethe.retention.Pauses;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps a rule from running. */
@Command(
    name = "pause",
    description = "Keep a rule from running until it is resumed; a run under way stops soon.",
    footer = {"  lethe rules pause inactive-accounts --reason \"the auditors are here\""})
@SuppressWarnings("NullAway.Init")
final class RulesPauseCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "NAME", description = "which rule")
  private String name;

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why")
  private String reason;

  @Mixin private final ActorOption actor = new ActorOption();

  RulesPauseCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    if (reason.isBlank()) {
      throw new UsageException("--reason needs a text");
    }
    RulesSession session = RulesSession.open(lethe);
    session.named(name);
    session.upToDate().lethe().pauses().pause(Pauses.rule(name), new By(actor.name(), reason));
    lethe.terminal().result(name + " is paused; lethe rules resume " + name + " ends that");
    return ExitCode.DONE;
  }
}
