package org.lethe.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.account.AccountId;
import org.lethe.account.Departure;
import org.lethe.account.DepartureOptions;
import org.lethe.account.DepartureReport;
import org.lethe.account.Departures;
import org.lethe.account.PlannedDeparture;
import org.lethe.trash.By;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who leaves, when and why, and what is said about it. */
@SuppressWarnings("NullAway.Init")
final class LeavingOptions {

  @Parameters(
      paramLabel = "ACCOUNT",
      arity = "1..*",
      description = "login, address, or name such as app:17; several at once")
  private List<String> who;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "why; kept in the account and the audit")
  private String reason;

  @Option(
      names = "--on",
      paramLabel = "DATE",
      description = "on a day to come, such as 2027-12-31, when lethe users due runs; else now")
  private @Nullable String on;

  @Mixin private final ActorOption actor = new ActorOption();

  @Mixin private final FormatOption format = new FormatOption();

  @Mixin private final Confirmation confirmation = new Confirmation();

  /** What is done now, to all of them. */
  interface Now {
    DepartureReport apply(Departures departures, List<AccountId> who, By by);
  }

  int run(LetheCommand lethe, String word, boolean offboard, DepartureOptions options, Now now) {
    actor.check();
    if (reason.isBlank()) {
      throw new UsageException("--reason must say why");
    }
    Instant due = on == null ? null : startOf(on);
    Terminal terminal = lethe.terminal();
    confirmation.refuseUnattended(terminal, "call lethe users list");
    AccountsSession session = AccountsSession.open(lethe);
    List<AccountId> ids = session.find(who);
    By by = new By(actor.name(), reason.strip());
    Departures departures = session.accounts().departures();
    confirmation.askYes(
        terminal,
        "%s %s?".formatted(word, String.join(", ", who.stream().map(OneLine::of).toList())));
    if (due != null) {
      ids.forEach(id -> print(terminal, departures.plan(id, due, by, offboard, options)));
      return ExitCode.DONE;
    }
    return print(terminal, now.apply(departures, ids, by), format);
  }

  /** The day begins in the zone of this machine. */
  private static Instant startOf(String text) {
    try {
      Instant start = LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
      if (start.isAfter(Instant.now())) {
        return start;
      }
    } catch (DateTimeParseException e) {
      throw new UsageException("--on is a date such as 2027-12-31, not " + text, e);
    }
    throw new UsageException(
        "--on %s has come already; leave it out to let it be now".formatted(text));
  }

  private void print(Terminal terminal, PlannedDeparture plan) {
    if (format.forPeople()) {
      terminal.result(
          "%s leaves on %s (plan %d)"
              .formatted(plan.account(), Times.minutes(plan.due()), plan.id()));
    } else {
      JsonText.print(AccountsJson.plan(plan), format.chosen(), terminal);
    }
  }

  /** What became of them. */
  static int print(Terminal terminal, DepartureReport report, FormatOption format) {
    if (format.forPeople()) {
      report.done().forEach(d -> terminal.result(said(d)));
    } else {
      JsonText.print(AccountsJson.report(report), format.chosen(), terminal);
    }
    report.refused().forEach((id, why) -> terminal.error("lethe: %s: %s".formatted(id, why)));
    report
        .unended()
        .forEach(u -> terminal.error("lethe: sessions are not ended yet, and tried again: " + u));
    return report.refused().isEmpty() && report.unended().isEmpty()
        ? ExitCode.DONE
        : ExitCode.FINDINGS_OR_BLOCKED;
  }

  private static String said(Departure d) {
    String taken =
        "%d groups, %d permissions%s%s"
            .formatted(
                d.taken().groups().size(),
                d.taken().permissions().size(),
                d.taken().staff() ? ", staff" : "",
                d.taken().superuser() ? ", superuser" : "");
    return "%s is %s; ended: %d sessions, %d tokens; taken: %s"
        .formatted(
            d.account(),
            d.kind() == Departure.Kind.OFFBOARDED ? "offboarded" : "deactivated",
            d.sessions(),
            d.tokens(),
            taken);
  }
}
