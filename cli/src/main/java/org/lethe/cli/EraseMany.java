package org.lethe.cli;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Roots;
import org.lethe.policy.SubjectType;
import org.lethe.subject.People;
import org.lethe.subject.erase.ErasurePlan;
import org.lethe.subject.request.BatchReport;
import org.lethe.subject.request.MassErasure;
import org.lethe.subject.request.PlanText;
import org.lethe.trash.By;
import tools.jackson.databind.node.ObjectNode;

/** Erases many people, and prints one report over all of them. */
final class EraseMany {

  private final LetheCommand lethe;
  private final RequestSession session;
  private final Confirmation confirmation;
  private final FormatOption format;

  EraseMany(
      LetheCommand lethe, RequestSession session, Confirmation confirmation, FormatOption format) {
    this.lethe = lethe;
    this.session = session;
    this.confirmation = confirmation;
    this.format = format;
  }

  int erase(String subject, Chosen chosen, By by, boolean dryRun) {
    Terminal terminal = lethe.terminal();
    SubjectType type = People.type(session.lethe().decisions(), subject);
    List<List<String>> keys = chosen.keys(session, type, terminal);
    if (keys.isEmpty()) {
      terminal.note("nobody");
      return ExitCode.DONE;
    }
    if (dryRun || !confirmation.given()) {
      print(type, chosen, keys);
    }
    if (dryRun) {
      return ExitCode.DONE;
    }
    String people = people(keys.size());
    confirmation.ask(terminal, people, "Erasing " + people + " everywhere");
    String where = chosen.where();
    @Nullable Function<List<String>, String> still =
        where == null ? null : key -> session.lethe().condition(type, where, key);
    MassErasure.Order order =
        new MassErasure.Order(
            UUID.randomUUID(), type, still, MassErasure.THREADS, lethe.interruption()::requested);
    AtomicLong done = new AtomicLong();
    BatchReport report =
        new Progress(terminal)
            .during(
                () -> "erasing, %s of %s done".formatted(done.get(), people),
                () -> session.requests().together().erase(order, keys.iterator(), by, done::set));
    print(report);
    return report.trouble() ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
  }

  private void print(SubjectType type, Chosen chosen, List<List<String>> keys) {
    String where = chosen.where();
    Roots roots =
        where == null ? new Roots.Keys(type.table(), keys) : new Roots.Where(type.table(), where);
    ErasurePlan plan =
        new Progress(lethe.terminal()).during("looking", () -> session.requests().preview(roots));
    if (format.forPeople()) {
      new ErasureText(lethe.terminal()).print(plan);
    } else {
      RequestsText.print(plan, format, lethe.terminal());
    }
  }

  private void print(BatchReport report) {
    Terminal terminal = lethe.terminal();
    if (!format.forPeople()) {
      JsonText.print((ObjectNode) JsonText.read(PlanText.batch(report)), format.chosen(), terminal);
      return;
    }
    report
        .requests()
        .forEach((state, n) -> terminal.result("%s: %s".formatted(people(n), state.word())));
    report
        .refused()
        .forEach(
            (why, n) -> terminal.result("%s not erased: %s".formatted(people(n), OneLine.of(why))));
    if (!report.places().isEmpty()) {
      new ErasureText(terminal).print(report.places());
    }
  }

  private static String people(long n) {
    return Words.number(n) + (n == 1 ? " person" : " people");
  }
}
