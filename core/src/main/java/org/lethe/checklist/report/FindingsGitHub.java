package org.lethe.checklist.report;

import java.util.ArrayList;
import java.util.List;
import org.lethe.checklist.CheckResult;
import org.lethe.checklist.Finding;
import org.lethe.checklist.Finding.Place;

/** Findings as workflow commands, which GitHub Actions shows beside the lines of a change. */
public final class FindingsGitHub {

  private FindingsGitHub() {}

  public static String render(CheckResult result) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : result.findings()) {
      List<String> properties = new ArrayList<>();
      Place place = finding.place();
      if (place != null) {
        properties.add("file=" + property(Places.relative(place.file())));
        if (place.line() > 0) {
          properties.add("line=" + place.line());
          properties.add("col=" + place.column());
        }
      }
      properties.add("title=" + property("lethe " + finding.code().id()));
      String fix = finding.fix() == null ? "" : "\n" + finding.fix();
      text.append("::")
          .append(command(finding))
          .append(' ')
          .append(String.join(",", properties))
          .append("::")
          .append(data(finding.subject() + ": " + finding.message() + fix))
          .append('\n');
    }
    return text.toString();
  }

  private static String command(Finding finding) {
    return switch (finding.severity()) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case NOTE -> "notice";
    };
  }

  /** A line break would end the command, and what follows be taken for another. */
  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
