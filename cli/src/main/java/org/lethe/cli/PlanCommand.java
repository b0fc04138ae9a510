package org.lethe.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Roots;
import org.lethe.plan.Plan;
import org.lethe.plan.PlanJson;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a plan to approve now and apply later. */
@Command(
    name = "plan",
    description = "Write down what a removal would do, to be approved and applied later.",
    footer = {
      "  lethe plan customer 1 -o plan.json",
      "  lethe plan customer 1 --format sql",
      "  lethe plan customer 1 --permanently -o plan.json",
      "  lethe apply plan.json"
    })
final class PlanCommand implements Callable<Integer> {

  /** How a plan is printed. */
  enum Format {
    JSON,
    TABLE,
    SQL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final LetheCommand lethe;

  @Mixin private final RootArguments roots = new RootArguments();
  @Mixin private final KindOption kind = new KindOption();
  @Mixin private final ChooseOption choose = new ChooseOption();
  @Mixin private final ActorOption actor = new ActorOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write the plan here instead of to stdout")
  private @Nullable Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}; json is what apply reads")
  private Format format = Format.JSON;

  PlanCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    roots.check();
    choose.check();
    actor.check();
    if (output != null && format != Format.JSON) {
      throw new UsageException("-o writes the plan as JSON; leave out --format, or -o");
    }
    Session session = choose.in(Session.open(lethe), new By(actor.name(), null));
    Terminal terminal = lethe.terminal();
    Roots start = roots.resolve(session.lethe().catalog(), terminal);
    Plan plan =
        new Progress(terminal).during("collecting", () -> session.lethe().plan(start, kind.kind()));
    PreviewText text =
        new PreviewText(session.lethe().catalog(), terminal.paint(), terminal::result);
    if (output != null) {
      OutputFile.write(output, new PlanJson(session.lethe().decisions()).write(plan));
      text.printCounts(plan.selection(), Removal.name(plan.selection(), session.lethe().catalog()));
      text.printBlockers(plan.selection().blockers());
      terminal.note("plan " + plan.hash().substring(0, 12) + " written to " + output);
    } else {
      switch (format) {
        case JSON ->
            terminal.result(new PlanJson(session.lethe().decisions()).write(plan).stripTrailing());
        case TABLE -> text.printTable(plan.selection());
        case SQL -> new PlanSql(session.lethe().catalog()).lines(plan).forEach(terminal::result);
      }
    }
    return plan.selection().blocked() ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
  }
}
