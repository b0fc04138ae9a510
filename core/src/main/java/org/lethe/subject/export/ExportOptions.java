package org.lethe.subject.export;

import java.util.function.BiConsumer;

/**
 * How an export is made.
 *
 * @param portable whether only what the person gave, or what was seen of them, is wanted (GDPR
 *     article 20)
 * @param progress told now and then: how many people are done, and the table under way
 */
public record ExportOptions(
    ExportFormat format, boolean portable, BiConsumer<Integer, String> progress) {

  /** Everything, with pages to read. */
  public static final ExportOptions USUAL =
      new ExportOptions(ExportFormat.ZIP, false, (done, table) -> {});

  public ExportOptions with(ExportFormat other) {
    return new ExportOptions(other, portable, progress);
  }

  /** Only what is portable. */
  public ExportOptions onlyPortable() {
    return new ExportOptions(format, true, progress);
  }

  public ExportOptions telling(BiConsumer<Integer, String> listener) {
    return new ExportOptions(format, portable, listener);
  }
}
