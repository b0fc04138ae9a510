package org.lethe.server.checklist;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.lethe.checklist.CheckResult;
import org.lethe.checklist.report.FindingsJUnit;
import org.lethe.checklist.report.FindingsJson;
import org.lethe.checklist.report.FindingsSarif;
import org.lethe.checklist.report.FindingsText;
import org.springframework.http.MediaType;

/** How findings are handed out: the same as {@code lethe check} prints. */
enum ReportFormat {
  TEXT("txt", "text/plain"),
  JSON("json", "application/json"),
  SARIF("sarif", "application/json"),
  JUNIT("xml", "application/xml");

  private final String ending;
  private final String type;

  ReportFormat(String ending, String type) {
    this.ending = ending;
    this.type = type;
  }

  static Optional<ReportFormat> named(String word) {
    return Arrays.stream(values())
        .filter(f -> f.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  String fileName() {
    return "lethe-checklist." + ending;
  }

  MediaType type() {
    return new MediaType(MediaType.parseMediaType(type), StandardCharsets.UTF_8);
  }

  byte[] render(CheckResult result) {
    String text =
        switch (this) {
          case TEXT -> FindingsText.render(result);
          case JSON -> FindingsJson.render(result);
          case SARIF -> FindingsSarif.render(result);
          case JUNIT -> FindingsJUnit.render(result);
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
