package org.lethe.cli;

import java.util.Locale;
import org.lethe.checklist.Severity;

/** What matters enough to stop a build. */
enum FailOn {
  ERROR(Severity.ERROR),
  WARNING(Severity.WARNING),
  NOTE(Severity.NOTE);

  private final Severity severity;

  FailOn(Severity severity) {
    this.severity = severity;
  }

  Severity severity() {
    return severity;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
