package org.lethe.cli;

import java.util.Locale;

/** How the outcome of a removal is printed. */
enum ReportFormat {
  TABLE,
  JSON,
  NDJSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
