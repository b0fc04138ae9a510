package org.lethe.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.export.ExportReport;

/** Says what was handed out, without anything personal. */
final class ExportText {

  private final Terminal terminal;

  ExportText(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * @param file where it is; null where it went to standard output, which then takes nothing else
   */
  void print(ExportReport report, @Nullable Path file) {
    if (file != null) {
      counts(report, file);
    }
    Map<String, String> leftOut = new LinkedHashMap<>();
    report.people().forEach(p -> leftOut.putAll(p.leftOut()));
    Map<String, StringBuilder> byReason = new LinkedHashMap<>();
    leftOut.forEach(
        (column, why) -> {
          StringBuilder columns = byReason.computeIfAbsent(why, w -> new StringBuilder());
          columns.append(columns.isEmpty() ? "" : ", ").append(column);
        });
    byReason.forEach((why, columns) -> terminal.note("left out, " + why + ": " + columns));
    for (ExportReport.OfPerson person : report.people()) {
      String whose = person.folder().isEmpty() ? "" : person.folder() + ": ";
      person
          .unreachable()
          .forEach(
              u ->
                  terminal.error(
                      "lethe: %s%s is not complete here: %s"
                          .formatted(whose, u.name(), OneLine.of(u.why()))));
    }
  }

  private void counts(ExportReport report, Path file) {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (ExportReport.OfPerson person : report.people()) {
      person.rows().forEach((table, n) -> rows.merge(table, n, Long::sum));
      person.elsewhere().forEach((place, n) -> rows.merge(place, n, Long::sum));
    }
    long all = rows.values().stream().mapToLong(Long::longValue).sum();
    terminal.result(
        "%s: %s rows%s"
            .formatted(
                file,
                Words.number(all),
                report.people().size() == 1 ? "" : " of " + report.people().size() + " people"));
    int name = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    int number = rows.values().stream().mapToInt(n -> Words.number(n).length()).max().orElse(0);
    rows.forEach(
        (table, n) ->
            terminal.result(
                ("  %-" + name + "s  %" + number + "s").formatted(table, Words.number(n))));
  }
}
