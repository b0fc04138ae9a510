package org.lethe.subject.export;

import java.util.Locale;

/** What an export consists of. */
public enum ExportFormat {
  /** Pages to read, JSON, a CSV per table, files, and what people are told, in one archive. */
  ZIP,
  /** One JSON document, without pages and without an archive around it. */
  JSON,
  /** A CSV per table, and files, in one archive. */
  CSV;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
