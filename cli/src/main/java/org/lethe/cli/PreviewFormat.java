package org.lethe.cli;

import java.util.Locale;

/** How a preview is printed. */
enum PreviewFormat {
  TREE,
  TABLE,
  JSON,
  NDJSON,
  SQL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
