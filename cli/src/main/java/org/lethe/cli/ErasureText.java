package org.lethe.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.lethe.subject.Settled;
import org.lethe.subject.erase.ErasurePlan;
import org.lethe.subject.erase.Match;

/** Erasures for people. */
final class ErasureText {

  private final Terminal terminal;

  ErasureText(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What would be done. */
  void print(ErasurePlan plan) {
    TextTable table =
        new TextTable("lrrrrl").row("TABLE", "DELETED", "TREATED", "KEPT", "SHARED", "HOW");
    for (ErasurePlan.OfTable t : plan.tables()) {
      long kept = t.kept().stream().mapToLong(ErasurePlan.Kept::rows).sum();
      table.row(
          t.name(),
          number(t.deleted()),
          number(t.treated()),
          number(kept),
          number(t.shared()),
          how(t));
    }
    if (!plan.tables().isEmpty()) {
      table.lines().forEach(terminal::result);
    }
    plan.trashed()
        .forEach(
            (name, rows) ->
                terminal.result("%s of %s go from the trash".formatted(Words.rows(rows), name)));
    plan.updates()
        .forEach(
            (relation, rows) ->
                terminal.result("%s of others lose %s".formatted(Words.rows(rows), relation)));
  }

  /** What redactions would take out, each with a little of the text around it. */
  void printMatches(List<Match> matches) {
    terminal.result(matches.isEmpty() ? "redactions find nothing" : "redactions would take out:");
    for (Match match : matches) {
      terminal.result(
          "  %s %s  %s%s%s"
              .formatted(
                  match.column(),
                  KeyText.write(match.key()),
                  OneLine.part(match.before()),
                  terminal.paint().red("[" + OneLine.of(match.found()) + "]"),
                  OneLine.part(match.after())));
    }
  }

  private static String how(ErasurePlan.OfTable t) {
    String treatments =
        t.treatments().entrySet().stream()
            .map(e -> e.getKey() + ": " + e.getValue())
            .collect(Collectors.joining(", "));
    String kept =
        t.kept().stream()
            .map(k -> k.ground() + (k.until() == null ? "" : " until " + Times.lastDay(k.until())))
            .collect(Collectors.joining("; "));
    return treatments + (treatments.isEmpty() || kept.isEmpty() ? "" : "; ") + kept;
  }

  private static String number(long n) {
    return n == 0 ? "" : Words.number(n);
  }

  /** What became of the data. */
  void print(List<Settled> outcomes) {
    TextTable table = new TextTable("lllrl").row("STORE", "WHAT", "OUTCOME", "ITEMS", "WHY");
    for (Settled s : outcomes) {
      table.row(
          OneLine.of(s.store()),
          OneLine.of(s.place()),
          paint(s),
          Words.number(s.items()),
          (s.ground() == null ? "" : OneLine.of(s.ground()))
              + (s.until() == null ? "" : " until " + Times.lastDay(s.until())));
    }
    table.lines().forEach(terminal::result);
  }

  private static String paint(Settled s) {
    return s.outcome().word();
  }
}
