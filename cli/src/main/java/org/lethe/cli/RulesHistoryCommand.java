package org.lethe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.retention.RuleRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the runs of rules. */
@Command(
    name = "history",
    description = "List the runs of rules, the latest first.",
    footer = {"  lethe rules history", "  lethe rules history inactive-accounts --limit 200"})
final class RulesHistoryCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "of which rule; of all unless named")
  private @Nullable String name;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "at most so many, default ${DEFAULT-VALUE}")
  private int limit = 50;

  @Mixin private final FormatOption format = new FormatOption();

  RulesHistoryCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    if (limit <= 0) {
      throw new UsageException("--limit must be positive");
    }
    Terminal terminal = lethe.terminal();
    RulesSession session = RulesSession.open(lethe);
    // A rule that is not in the policy any more has a history too.
    List<RuleRun> runs =
        session.recorded() ? session.lethe().rules().history(name, limit) : List.of();
    if (runs.isEmpty() && name != null) {
      session.named(name);
    }
    if (!format.forPeople()) {
      RulesJson json = new RulesJson(session.lethe().catalog());
      JsonText.print(runs.stream().map(json::run).toList(), format.chosen(), terminal);
    } else if (runs.isEmpty()) {
      terminal.note("no rule has run yet");
    } else {
      new RulesText(session.lethe().catalog(), terminal).history(runs);
    }
    return ExitCode.DONE;
  }
}
