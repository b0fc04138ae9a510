package org.lethe.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.request.Replay;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Erases again who came back with a backup. */
@Command(
    name = "replay",
    description =
        "After the database was restored from a backup: erase again everyone who was erased since,"
            + " by the file of erasures. Exit 1 if something could not be done.",
    footer = {
      "  lethe replay --since 2026-11-01 --dry-run",
      "  lethe replay --since 2026-11-01T02:00:00Z --from /mnt/elsewhere/erasures.jsonl --yes"
    })
@SuppressWarnings("NullAway.Init")
final class ReplayCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Option(
      names = "--since",
      required = true,
      paramLabel = "TIME",
      description = "when the backup was taken, or earlier: a date or a time in UTC")
  private String since;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "the file of erasures; else requests.erasures of the policy")
  private @Nullable Path from;

  @Option(names = "--dry-run", description = "say how many would be erased, and change nothing")
  private boolean dryRun;

  @Mixin private final Confirmation confirmation = new Confirmation();
  @Mixin private final ActorOption actor = new ActorOption();
  @Mixin private final FormatOption format = new FormatOption();

  ReplayCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    Instant time = time(since);
    Terminal terminal = lethe.terminal();
    if (!dryRun) {
      confirmation.refuseUnattended(terminal);
    }
    try (RequestSession session = RequestSession.open(lethe)) {
      Path file = file(session);
      Replay replay = session.requests().replay();
      Replay.Returned back = replay.look(file, time);
      terminal.note(
          "%d erased since, %d of them back%s"
              .formatted(
                  back.known(),
                  back.people().size(),
                  back.others() == 0
                      ? ""
                      : ", %d whose key somebody else has now: they are left alone"
                          .formatted(back.others())));
      if (dryRun || back.people().isEmpty()) {
        return back.people().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS_OR_BLOCKED;
      }
      confirmation.askYes(terminal, "Erase %d again?".formatted(back.people().size()));
      Replay.Report report =
          new Progress(terminal)
              .during("erasing", () -> replay.run(file, time, new By(actor.name(), null)));
      new RequestsText(terminal).printList(report.erased(), format);
      return report.erased().stream().mapToInt(RequestsText::exitCode).max().orElse(ExitCode.DONE);
    }
  }

  private Path file(RequestSession session) {
    String named = session.lethe().decisions().data().requests().erasures();
    if (from != null) {
      return from;
    }
    if (named == null) {
      throw new UsageException(
          "--from must name the file of erasures: the policy has no requests: { erasures: FILE }");
    }
    return Path.of(named);
  }

  private static Instant time(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new UsageException(
          "--since is a date such as 2026-11-01 or a time such as 2026-11-01T02:00:00Z, not "
              + text,
          e);
    }
  }
}
