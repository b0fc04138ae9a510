package org.lethe.cli;

import java.util.Locale;
import org.lethe.checklist.CheckResult;
import org.lethe.checklist.report.FindingsGitHub;
import org.lethe.checklist.report.FindingsJUnit;
import org.lethe.checklist.report.FindingsJson;
import org.lethe.checklist.report.FindingsSarif;
import org.lethe.checklist.report.FindingsText;

/** How findings are printed. */
enum CheckFormat {
  TEXT,
  JSON,
  SARIF,
  JUNIT,
  GITHUB;

  String render(CheckResult result) {
    return switch (this) {
      case TEXT -> FindingsText.render(result);
      case JSON -> FindingsJson.render(result);
      case SARIF -> FindingsSarif.render(result);
      case JUNIT -> FindingsJUnit.render(result);
      case GITHUB -> FindingsGitHub.render(result);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
