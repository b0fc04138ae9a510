package org.lethe.cli;

import java.util.List;
import java.util.Objects;
import org.lethe.audit.Entry;

/** The audit for people. */
final class AuditText {

  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final Terminal terminal;

  AuditText(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(List<Entry> entries) {
    TextTable table =
        new TextTable("rlllll").row("ENTRY", "WHEN", "WHO", "WHAT", "OBJECT", "REASON");
    for (Entry e : entries) {
      table.row(
          Words.number(e.number()),
          Times.minutes(e.at()),
          OneLine.of(e.actor()),
          OneLine.of(e.action()),
          object(e.object()),
          OneLine.of(Objects.requireNonNullElse(e.reason(), "")));
    }
    List<String> lines = table.lines();
    terminal.result(terminal.paint().bold(lines.get(0)));
    lines.stream().skip(1).forEach(terminal::result);
  }

  /** Ids as other lists show them. */
  private static String object(String object) {
    return object.matches(UUID) ? object.substring(0, 8) : OneLine.of(object);
  }
}
