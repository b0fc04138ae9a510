package org.lethe.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.error.LetheException;
import org.lethe.policy.Schedule;
import org.lethe.retention.Pauses;
import org.lethe.retention.PurgeLimits;
import org.lethe.retention.PurgeReport;
import org.lethe.schedule.RetentionScheduler;
import org.lethe.trash.By;
import org.lethe.trash.Deletion;
import org.lethe.trash.LedgerSchema;
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
      "  lethe purge --quiet --format json",
      "  lethe purge --every 5m",
      "  lethe purge --pause \"the auditors are here\""
    })
final class PurgeCommand implements Callable<Integer> {

  private static final int LISTED = 1000;

  private final LetheCommand lethe;

  @Option(
      names = "--max-deletions",
      paramLabel = "N",
      description = "at most so many; the next purge goes on")
  private @Nullable Long maxDeletions;

  @Mixin private final LimitOptions limits = new LimitOptions();

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "stay and purge again and again, such as every 5m; processes share the work")
  private @Nullable String every;

  @Mixin private final ServeOptions serving = new ServeOptions();

  @Option(
      names = "--pause",
      paramLabel = "REASON",
      description = "purge nothing from now on, until --resume")
  private @Nullable String pause;

  @Option(names = "--resume", description = "end a pause")
  private boolean resume;

  @Mixin private final ActorOption actor = new ActorOption();

  @Mixin private final FormatOption format = new FormatOption();

  @Option(
      names = {"-n", "--dry-run"},
      description = "list what is due, change nothing")
  private boolean dryRun;

  PurgeCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    PurgeLimits checked = limits.purge(maxDeletions);
    check();
    if (pause != null || resume) {
      return pauseOrResume();
    }
    if (every != null) {
      return serve(every, checked);
    }
    Optional<TrashSession> session = TrashSession.look(lethe);
    if (session.isEmpty()) {
      lethe.terminal().note(TrashSession.NOTHING_YET);
    }
    if (dryRun) {
      return rehearse(session);
    }
    PurgeReport report =
        session
            .map(s -> purge(s.upToDate(), checked))
            .orElseGet(() -> new PurgeReport(List.of(), 0, List.of(), false));
    List<Deletion> failures =
        report.failed().stream()
            .flatMap(id -> session.orElseThrow().trash().between(id, id, 1).stream())
            .toList();
    print(report, failures);
    return failures.isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS_OR_BLOCKED;
  }

  private void check() {
    actor.check();
    serving.check();
    if (pause != null && pause.isBlank()) {
      throw new UsageException("--pause needs a reason");
    }
    int modes =
        (pause == null ? 0 : 1) + (resume ? 1 : 0) + (every == null ? 0 : 1) + (dryRun ? 1 : 0);
    if (modes > 1) {
      throw new UsageException("--pause, --resume, --every and --dry-run exclude each other");
    }
    if (serving.given() && every == null) {
      throw new UsageException("--poll and --heartbeat are for --every; add it");
    }
  }

  private int pauseOrResume() {
    Session session = session(lethe.interruption());
    Pauses pauses = session.lethe().pauses();
    if (resume) {
      pauses.resume(Pauses.PURGE, new By(actor.name(), null));
      lethe.terminal().result("the purge goes on when it is due");
    } else {
      pauses.pause(Pauses.PURGE, new By(actor.name(), pause));
      lethe.terminal().result("the purge is paused; lethe purge --resume ends that");
    }
    return ExitCode.DONE;
  }

  private int serve(String text, PurgeLimits checked) {
    Schedule schedule = Times.schedule("--every", text);
    RetentionScheduler.Builder scheduler =
        session(new Interruption())
            .lethe()
            .scheduler()
            .rules(List.of())
            .purge(schedule, checked)
            .actor(actor.name());
    serving.apply(scheduler);
    return new Serving(lethe).run(scheduler, "the purge (" + schedule + ")");
  }

  private Session session(Interruption interruption) {
    Session session = Session.open(lethe, interruption);
    LedgerSchema.migrate(session.database());
    return session;
  }

  private PurgeReport purge(TrashSession session, PurgeLimits checked) {
    session
        .lethe()
        .pauses()
        .find(Pauses.PURGE)
        .ifPresent(
            p ->
                lethe
                    .terminal()
                    .note(
                        "the purge is paused by %s: %s; lethe purge --resume ends that"
                            .formatted(OneLine.of(p.by()), OneLine.of(p.reason()))));
    try {
      return new Progress(lethe.terminal())
          .during("purging", () -> session.purger(lethe).run(checked, actor.name()));
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
    if (!format.forPeople()) {
      JsonText.print(
          listed.stream()
              .map(d -> new TrashJson(session.orElseThrow().catalog()).deletion(d, false))
              .toList(),
          format.chosen(),
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
    if (!format.forPeople()) {
      JsonText.print(TrashJson.purged(report, failures), format.chosen(), terminal);
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
                  ShortId.shortened(d.id()),
                  OneLine.of(String.valueOf(d.failure()))));
    }
    if (report.more()) {
      terminal.note("a limit was reached and more is due; the next purge goes on");
    }
  }
}
