package org.lethe.checklist;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Findings for people on a terminal; without colour, so that it can also go into a file. */
public final class FindingsText {

  private FindingsText() {}

  public static String render(List<Finding> findings) {
    if (findings.isEmpty()) {
      return "Nothing left to decide.\n";
    }
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      append(text, finding);
    }
    return text.append(summary(findings)).append('\n').toString();
  }

  /** Such as {@code 2 errors, 1 note}. */
  public static String summary(List<Finding> findings) {
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    findings.forEach(f -> counts.merge(f.severity(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(e -> e.getValue() + " " + e.getKey().word() + (e.getValue() == 1 ? "" : "s"))
        .collect(Collectors.joining(", "));
  }

  private static void append(StringBuilder text, Finding finding) {
    text.append(finding.severity().word()).append("  ").append(finding.code().id()).append("  ");
    if (finding.place() != null) {
      text.append(finding.place().file());
      if (finding.place().line() > 0) {
        text.append(':').append(finding.place().line());
        text.append(':').append(finding.place().column());
      }
      text.append("  ");
    }
    text.append(printable(finding.subject())).append('\n');
    text.append("    ").append(printable(finding.message())).append('\n');
    if (finding.fix() != null) {
      for (String line : finding.fix().split("\n", -1)) {
        text.append("      ").append(printable(line)).append('\n');
      }
    }
    text.append('\n');
  }

  /** A name in the database must not steer the terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
