package org.lethe.checklist.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lethe.checklist.Baseline;
import org.lethe.checklist.CheckResult;
import org.lethe.checklist.Finding;
import org.lethe.checklist.Severity;

/** Findings for people on a terminal; without colour, so that it can also go into a file. */
public final class FindingsText {

  private FindingsText() {}

  public static String render(CheckResult result) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : result.findings()) {
      append(text, finding);
    }
    for (Baseline.Entry stale : result.stale()) {
      text.append("settled  ").append(Clean.printable(stale.code())).append("  ");
      text.append(Clean.printable(stale.subject()))
          .append("\n    the baseline still excuses it\n\n");
    }
    return text.append(last(result)).append('\n').toString();
  }

  private static String last(CheckResult result) {
    String found = summary(result.findings());
    if (result.known() == 0) {
      return result.findings().isEmpty() ? "Nothing left to decide." : found;
    }
    return (found.isEmpty() ? "Nothing new to decide" : found + " new")
        + "; "
        + result.known()
        + " in the baseline";
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
    text.append(Clean.printable(finding.subject())).append('\n');
    text.append("    ").append(Clean.printable(finding.message())).append('\n');
    if (finding.fix() != null) {
      for (String line : finding.fix().split("\n", -1)) {
        text.append("      ").append(Clean.printable(line)).append('\n');
      }
    }
    text.append('\n');
  }
}
