package org.lethe.dialect;

import org.jspecify.annotations.Nullable;

/** A row whose values are texts. Only good until the next one is read. */
@FunctionalInterface
public interface TextRow {

  /**
   * A value; null where there is none.
   *
   * @param column from 0
   */
  @Nullable String text(int column);
}
