package org.lethe.cli;

import java.util.concurrent.Callable;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.plan.Plan;
import org.lethe.plan.Tolerance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes rows with everything that hangs on them. */
@Command(
    name = "delete",
    description =
        "Delete rows and what hangs on them, by the rules of the policy. Shows, asks, reports. What"
            + " goes stays in the trash for a while, and lethe restore brings it back.",
    footer = {
      "  lethe delete customer 1",
      "  lethe delete customer 1 --dry-run",
      "  lethe delete customer 1 --reason \"asked by phone\" --keep P90D",
      "  lethe delete customer 1 --permanently",
      "  lethe delete account 7 --choose post.author_id=reassign:2 --choose vote.account_id=cascade",
      "  lethe delete customer 1 2 3 --yes --format json",
      "  psql -Atc \"select id from ...\" | lethe delete customer - --yes"
    })
final class DeleteCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Mixin private final RootArguments roots = new RootArguments();
  @Mixin private final KeepOptions keep = new KeepOptions();
  @Mixin private final ChooseOption choose = new ChooseOption();
  @Mixin private final Confirmation confirmation = new Confirmation();

  @Mixin private final FormatOption format = new FormatOption();

  @Option(
      names = {"-n", "--dry-run"},
      description = "show what would happen, change nothing")
  private boolean dryRun;

  DeleteCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    roots.check();
    keep.check();
    choose.check();
    Terminal terminal = lethe.terminal();
    if (!dryRun) {
      confirmation.refuseUnattended(terminal);
    }
    Session opened = Session.open(lethe);
    Roots start = roots.resolve(opened.lethe().catalog(), terminal);
    Session session = choose.in(opened, dryRun ? null : keep.by());
    Removal removal = new Removal(terminal, session, format.chosen(), keep);
    if (dryRun) {
      return removal.rehearse(
          () -> session.lethe().preview(start, keep.kind(), Preview.Cap.NO_TREE).selection(),
          "nothing was changed");
    }
    keep.checkRights(session);
    if (confirmation.given()) {
      return removal.run(() -> keep.delete(session, start));
    }
    // What was shown is what runs: rows that come or go while somebody reads make the plan stale.
    Plan plan =
        new Progress(terminal).during("collecting", () -> session.lethe().plan(start, keep.kind()));
    return removal.confirmAndRun(
        plan, confirmation, () -> keep.apply(session, plan, Tolerance.NONE));
  }
}
