package org.lethe.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.DepartureOptions;
import org.lethe.account.Reactivation;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets somebody come back. */
@Command(
    name = "reactivate",
    description = "Reactivate an account, with all that was taken from it when it was deactivated.",
    footer = {
      "  lethe reactivate ada --reason \"back from leave\"",
      "  lethe reactivate app:17 --without-staff"
    })
@SuppressWarnings("NullAway.Init")
final class ReactivateCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "ACCOUNT", description = "login, address, or name such as app:17")
  private String who;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why; kept in the audit")
  private @Nullable String reason;

  @Option(names = "--without-groups", description = "do not put them back into their groups")
  private boolean noGroups;

  @Option(names = "--without-permissions", description = "do not give their permissions back")
  private boolean noPermissions;

  @Option(names = "--without-staff", description = "do not give staff and superuser status back")
  private boolean noStaff;

  @Mixin private final ActorOption actor = new ActorOption();

  @Mixin private final FormatOption format = new FormatOption();

  ReactivateCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    AccountsSession session = AccountsSession.open(lethe);
    Account account = session.find(who);
    Reactivation back =
        session
            .accounts()
            .departures()
            .reactivate(
                account.id(),
                new By(actor.name(), reason == null || reason.isBlank() ? null : reason.strip()),
                new DepartureOptions(!noGroups, !noPermissions, !noStaff));
    Terminal terminal = lethe.terminal();
    if (format.forPeople()) {
      terminal.result(
          "%s is active again; back: %d groups, %d permissions%s%s"
              .formatted(
                  AccountsSession.name(back.account()),
                  back.groups().size(),
                  back.permissions().size(),
                  back.staff() ? ", staff" : "",
                  back.superuser() ? ", superuser" : ""));
      back.changedMeanwhile().forEach(c -> terminal.note("note: " + OneLine.of(c)));
    } else {
      JsonText.print(AccountsJson.reactivation(back), format.chosen(), terminal);
    }
    return ExitCode.DONE;
  }
}
