package org.lethe.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lethe.collect.Counts;
import org.lethe.policy.Rule;
import org.lethe.retention.RuleReport;
import org.lethe.retention.RuleRun;
import org.lethe.schema.Catalog;

/** Rules and their runs for people. */
final class RulesText {

  private final Catalog catalog;
  private final Terminal terminal;

  RulesText(Catalog catalog, Terminal terminal) {
    this.catalog = catalog;
    this.terminal = terminal;
  }

  void list(List<RulesListCommand.Line> lines) {
    TextTable table =
        new TextTable("llllrlll")
            .row("RULE", "ACTION", "TABLE", "EVERY", "MATCH", "NEXT", "LAST RUN", "OUTCOME");
    for (RulesListCommand.Line l : lines) {
      table.row(
          l.rule().name(),
          l.rule().action().word(),
          catalog.displayName(l.rule().table()),
          l.rule().schedule().toString(),
          l.matches() == null ? "?" : Words.number(l.matches()),
          l.pause().isPresent() ? "paused" : l.next() == null ? "" : Times.minutes(l.next()),
          l.last().map(r -> Times.minutes(r.startedAt())).orElse("never"),
          l.last().map(RulesText::outcome).orElse(""));
    }
    print(table);
    for (RulesListCommand.Line l : lines) {
      l.pause()
          .ifPresent(
              p ->
                  terminal.note(
                      "%s is paused by %s: %s"
                          .formatted(l.rule().name(), OneLine.of(p.by()), OneLine.of(p.reason()))));
      if (l.fault() != null) {
        terminal.note(l.rule().name() + " cannot run: " + OneLine.of(l.fault()));
      }
    }
  }

  /** What a run did, in short. */
  static String outcome(RuleRun run) {
    String state = run.state().name().toLowerCase(Locale.ROOT);
    return state + ", " + did(run.counts(), run.setAside());
  }

  void history(List<RuleRun> runs) {
    TextTable table = new TextTable("llllll").row("WHEN", "RULE", "WHO", "TOOK", "OUTCOME", "NOTE");
    for (RuleRun run : runs) {
      Instant end = run.finishedAt();
      table.row(
          Times.minutes(run.startedAt()),
          run.rule(),
          OneLine.of(run.actor()),
          end == null ? "" : time(Duration.between(run.startedAt(), end)),
          outcome(run),
          note(run));
    }
    print(table);
  }

  private static String note(RuleRun run) {
    List<String> notes = new ArrayList<>(reasons(run.setAside()));
    if (run.failure() != null) {
      notes.add(OneLine.of(run.failure()));
    }
    if (run.continues() != null) {
      notes.add("goes on with an unfinished run");
    }
    return String.join("; ", notes);
  }

  void report(RuleReport report) {
    Paint paint = terminal.paint();
    String outcome = report.outcome().name().toLowerCase(Locale.ROOT);
    String painted =
        switch (report.outcome()) {
          case FINISHED -> paint.green(outcome);
          case FAILED -> paint.red(outcome);
          default -> paint.yellow(outcome);
        };
    boolean began = report.run() != null;
    terminal.result(
        "%s: %s%s%s"
            .formatted(
                paint.bold(report.rule()),
                painted,
                began
                    ? ", "
                        + did(report.counts(), report.setAside())
                        + " in "
                        + time(report.duration())
                    : "",
                report.note() == null ? "" : " (" + OneLine.of(report.note()) + ")"));
    counts(report.counts());
    reasons(report.setAside()).forEach(r -> terminal.result("  set aside: " + r));
  }

  void counts(Counts counts) {
    TextTable table = new TextTable("lrl");
    counts
        .deleted()
        .forEach((t, rows) -> table.row("  " + catalog.displayName(t), Words.number(rows), ""));
    counts
        .updated()
        .forEach((relation, rows) -> table.row("  " + relation, Words.number(rows), "updated"));
    table.lines().forEach(terminal::result);
  }

  private static List<String> reasons(Map<String, Long> setAside) {
    return setAside.entrySet().stream()
        .map(e -> Words.rows(e.getValue()) + " " + OneLine.of(e.getKey()))
        .toList();
  }

  /** {@code 12 rows deleted, 3 updated, 2 set aside}. */
  static String did(Counts counts, Map<String, Long> setAside) {
    List<String> did = new ArrayList<>();
    long updated = sum(counts.updated());
    long aside = sum(setAside);
    if (counts.total() > 0 || (updated == 0 && aside == 0)) {
      did.add(counts.total() == 0 ? "nothing to do" : Words.rows(counts.total()) + " deleted");
    }
    if (updated > 0) {
      did.add(
          counts.total() > 0
              ? Words.number(updated) + " updated"
              : Words.rows(updated) + " updated");
    }
    if (aside > 0) {
      did.add(Words.number(aside) + " set aside");
    }
    return String.join(", ", did);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().collect(Collectors.summingLong(Long::longValue));
  }

  static String time(Duration d) {
    return d.toMillis() < 1000
        ? d.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
  }

  /** What a rule does to so many rows, as a question or a title. */
  static String act(Rule rule, long rows) {
    return switch (rule.action()) {
      case DELETE -> "delete " + Words.rows(rows) + " for good";
      case SOFT_DELETE -> "put " + Words.rows(rows) + " into the trash";
      case ERASE -> "erase " + Words.number(rows) + (rows == 1 ? " person" : " people");
      case DEACTIVATE ->
          "deactivate " + Words.number(rows) + (rows == 1 ? " account" : " accounts");
    };
  }

  private void print(TextTable table) {
    List<String> rows = table.lines();
    terminal.result(terminal.paint().bold(rows.get(0)));
    rows.stream().skip(1).forEach(terminal::result);
  }
}
