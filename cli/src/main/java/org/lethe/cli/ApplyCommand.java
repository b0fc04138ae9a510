package org.lethe.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lethe.plan.Plan;
import org.lethe.plan.PlanJson;
import org.lethe.plan.Tolerance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs exactly what was approved. */
@Command(
    name = "apply",
    description =
        "Run a plan, if the very same rows are still found. Exit 3 if not; then nothing is changed."
            + " What goes stays in the trash for a while.",
    footer = {
      "  lethe apply plan.json",
      "  lethe apply plan.json --dry-run",
      "  lethe apply plan.json --keep P90D",
      "  lethe apply plan.json --yes --tolerance 10"
    })
@SuppressWarnings("NullAway.Init")
final class ApplyCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "PLAN", description = "a file that lethe plan wrote")
  private Path file;

  @Mixin private final KeepOptions keep = new KeepOptions();
  @Mixin private final Confirmation confirmation = new Confirmation();

  @Option(
      names = "--tolerance",
      paramLabel = "N",
      description = "rows by which each count may differ by now, default 0: the very same rows")
  private long tolerance;

  @Mixin private final FormatOption format = new FormatOption();

  @Option(
      names = {"-n", "--dry-run"},
      description = "only see whether the plan still holds")
  private boolean dryRun;

  ApplyCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    if (tolerance < 0) {
      throw new UsageException("--tolerance must not be negative");
    }
    keep.check();
    Terminal terminal = lethe.terminal();
    if (!dryRun) {
      confirmation.refuseUnattended(terminal);
    }
    String text = Session.readText(file, "plan");
    Session session = Session.open(lethe);
    Plan plan = new PlanJson(session.lethe().decisions()).read(file.toString(), text);
    keep.check(plan);
    Tolerance allowed = new Tolerance(tolerance);
    Removal removal = new Removal(terminal, session, format.chosen(), keep);
    if (dryRun) {
      return removal.rehearse(
          () -> session.lethe().rehearse(plan, allowed),
          "the plan still holds; nothing was changed");
    }
    keep.checkRights(session);
    return removal.confirmAndRun(plan, confirmation, () -> keep.apply(session, plan, allowed));
  }
}
