package org.lethe.cli;

import picocli.CommandLine.Option;

/** How an outcome is printed. */
final class FormatOption {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private ReportFormat format = ReportFormat.TABLE;

  ReportFormat chosen() {
    return format;
  }

  /** Whether people are to read it, not programs. */
  boolean forPeople() {
    return format == ReportFormat.TABLE;
  }
}
