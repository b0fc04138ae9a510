package org.lethe.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.lethe.account.DepartureReport;
import org.lethe.error.LetheException;
import org.lethe.retention.PurgeReport;
import org.lethe.retention.RuleReport;
import org.lethe.schedule.RetentionScheduler;
import org.lethe.schedule.TaskListener;
import org.lethe.subject.request.Request;

/** Runs what is due until somebody stops it, and says a line about all that ran. */
final class Serving implements TaskListener {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private final LetheCommand lethe;
  private boolean unreachable;

  Serving(LetheCommand lethe) {
    this.lethe = lethe;
  }

  /**
   * Serves until this process is told to stop.
   *
   * @param what is served, for people
   */
  int run(RetentionScheduler.Builder builder, String what) {
    CountDownLatch stop = new CountDownLatch(1);
    lethe
        .interruption()
        .onRequest(
            () -> {
              stop.countDown();
              return true;
            });
    try (RetentionScheduler scheduler = builder.listener(this).build()) {
      scheduler.start();
      lethe.terminal().note("serving " + what + "; Ctrl-C stops");
      stop.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lethe.terminal().note("stopped");
    return ExitCode.DONE;
  }

  @Override
  public void ran(RuleReport report) {
    String outcome = report.outcome().name().toLowerCase(Locale.ROOT);
    String did =
        report.run() == null
            ? ""
            : ", %s in %s"
                .formatted(
                    RulesText.did(report.counts(), report.setAside()),
                    RulesText.time(report.duration()));
    String note = report.note() == null ? "" : " (" + OneLine.of(report.note()) + ")";
    say("rule " + report.rule() + ": " + outcome + did + note);
  }

  @Override
  public void purged(PurgeReport report) {
    String failed =
        report.failed().isEmpty() ? "" : ", %d set aside".formatted(report.failed().size());
    String more = report.more() ? ", more is due" : "";
    say(
        report.purged().isEmpty()
            ? "purge: nothing to do" + failed + more
            : "purge: %s, %s gone for good%s%s"
                .formatted(
                    deletions(report.purged().size()), Words.rows(report.rows()), failed, more));
  }

  @Override
  public void ran(Request request) {
    say("request %d: %s".formatted(request.number(), request.state().word()));
  }

  /** Planned departures were looked for. */
  void left(DepartureReport report) {
    report.done().forEach(d -> say("departures: %s left as planned".formatted(d.account())));
    report
        .refused()
        .forEach((id, why) -> say("departures: %s was to leave, but %s".formatted(id, why)));
    report.unended().forEach(u -> say("departures: sessions are not ended yet: " + OneLine.of(u)));
  }

  private static String deletions(int n) {
    return n == 1 ? "1 deletion" : Words.number(n) + " deletions";
  }

  @Override
  public void failed(String task, LetheException why) {
    say(task + ": failed (" + OneLine.of(String.valueOf(why.getMessage())) + ")");
  }

  @Override
  public synchronized void reachable(boolean database) {
    if (database == unreachable) {
      unreachable = !database;
      say(database ? "the database is back" : "the database cannot be reached; trying again");
    }
  }

  private synchronized void say(String line) {
    Terminal terminal = lethe.terminal();
    terminal.result(SECONDS.format(Instant.now().atZone(ZoneId.systemDefault())) + "  " + line);
    terminal.flush();
  }
}
