package org.lethe.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.error.LetheException;
import org.lethe.retention.PurgeLimits;
import org.lethe.retention.PurgeReport;
import org.lethe.trash.Deletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes deletions final whose time in the trash is over. */
@Command(
    name = "purge",
    description = {
      "Make final what has been in the trash for its time; what is held stays. Does not ask: made"
          + " to run regularly. Exit 1 if a deletion could not be purged."
    },
    footer = {
      "  lethe purge --dry-run",
      "  lethe purge --max-time PT5M --rate 10000",
      "  lethe purge --quiet --format json"
    })
final class PurgeCommand implements Callable<Integer> {

  private static final int LISTED = 1000;

  private final LetheCommand lethe;

  @Option(
      names = "--max-deletions",
      paramLabel = "N",
      description = "at most so many; the next purge goes on")
  private @Nullable Long maxDeletions;

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      description = "begin no further deletion once so many rows are gone")
  private @Nullable Long maxRows;

  @Option(
      names = "--max-time",
      paramLabel = "TIME",
      description = "begin no further deletion after so long, such as PT5M")
  private @Nullable String maxTime;

  @Option(names = "--rate", paramLabel = "N", description = "rows per second, on average at most")
  private @Nullable Long rate;

  @Mixin private final ActorOption actor = new ActorOption();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private ReportFormat format = ReportFormat.TABLE;

  @Option(
      names = {"-n", "--dry-run"},
      description = "list what is due, change nothing")
  private boolean dryRun;

  PurgeCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    PurgeLimits limits = limits();
    actor.check();
    Optional<TrashSession> session = TrashSession.look(lethe);
    if (session.isEmpty()) {
      lethe.terminal().note(TrashSession.NOTHING_YET);
    }
    if (dryRun) {
      return rehearse(session);
    }
    PurgeReport report =
        session
            .map(s -> purge(s.upToDate(), limits))
            .orElseGet(() -> new PurgeReport(List.of(), 0, List.of(), false));
    List<Deletion> failures =
        report.failed().stream()
            .flatMap(id -> session.orElseThrow().trash().between(id, id, 1).stream())
            .toList();
    print(report, failures);
    return failures.isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS_OR_BLOCKED;
  }

  private PurgeLimits limits() {
    PurgeLimits none = PurgeLimits.NONE;
    Duration time = maxTime == null ? none.time() : Times.duration("--max-time", maxTime);
    return new PurgeLimits(
        positive("--max-deletions", maxDeletions, none.deletions()),
        positive("--max-rows", maxRows, none.rows()),
        time,
        positive("--rate", rate, none.rowsPerSecond()));
  }

  private static long positive(String option, @Nullable Long given, long otherwise) {
    if (given != null && given <= 0) {
      throw new UsageException(option + " must be positive");
    }
    return given == null ? otherwise : given;
  }

  private PurgeReport purge(TrashSession session, PurgeLimits limits) {
    try {
      return new Progress(lethe.terminal())
          .during("purging", () -> session.lethe().purger().run(limits, actor.name()));
    } catch (LetheException e) {
      if (lethe.interruption().requested()) {
        throw new PurgeInterruptedException(e);
      }
      throw e;
    }
  }

  private int rehearse(Optional<TrashSession> session) {
    Terminal terminal = lethe.terminal();
    List<Deletion> due = session.map(s -> s.trash().due(LISTED + 1)).orElseGet(List::of);
    List<Deletion> listed = due.subList(0, Math.min(LISTED, due.size()));
    if (format != ReportFormat.TABLE) {
      JsonText.print(
          listed.stream()
              .map(d -> new TrashJson(session.orElseThrow().catalog()).deletion(d, false))
              .toList(),
          format,
          terminal);
    } else if (due.isEmpty()) {
      terminal.result("nothing is due");
    } else {
      new TrashText(session.orElseThrow().catalog(), terminal.paint(), terminal::result)
          .printList(listed, Set.of());
    }
    if (due.size() > LISTED) {
      terminal.note("there are more; these are the first %d".formatted(LISTED));
    }
    terminal.note("dry run: nothing was changed");
    return ExitCode.DONE;
  }

  private void print(PurgeReport report, List<Deletion> failures) {
    Terminal terminal = lethe.terminal();
    if (format != ReportFormat.TABLE) {
      JsonText.print(TrashJson.purged(report, failures), format, terminal);
      return;
    }
    int purged = report.purged().size();
    Paint paint = terminal.paint();
    terminal.result(
        purged == 0
            ? "nothing was purged"
            : "%s: %s, %s gone for good"
                .formatted(
                    paint.green("purged"),
                    paint.bold(purged == 1 ? "1 deletion" : Words.number(purged) + " deletions"),
                    Words.rows(report.rows())));
    for (Deletion d : failures) {
      terminal.result(
          "  %s  %s  %s"
              .formatted(
                  paint.red("set aside"),
                  TrashSession.shortened(d.id()),
                  OneLine.of(String.valueOf(d.failure()))));
    }
    if (report.more()) {
      terminal.note("a limit was reached and more is due; the next purge goes on");
    }
  }
}
