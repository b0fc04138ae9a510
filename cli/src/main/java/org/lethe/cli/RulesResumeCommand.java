package org.lethe.cli;

import java.util.concurrent.Callable;
import org.lethe.retention.Pauses;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a rule run again. */
@Command(
    name = "resume",
    description = "Let a rule run again that was paused.",
    footer = {"  lethe rules resume inactive-accounts"})
@SuppressWarnings("NullAway.Init")
final class RulesResumeCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "NAME", description = "which rule")
  private String name;

  @Mixin private final ActorOption actor = new ActorOption();

  RulesResumeCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    RulesSession session = RulesSession.open(lethe).upToDate();
    session.lethe().pauses().resume(Pauses.rule(name), new By(actor.name(), null));
    lethe.terminal().result(name + " runs again when it is due");
    return ExitCode.DONE;
  }
}
