package org.lethe.server.retention;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much a task would do now.
 *
 * @param rows empty where counting took too long
 * @param fault why it could not be counted; null if it could
 */
public record DueView(OptionalLong rows, String unit, @Nullable String fault) {

  /** For people. */
  public String text() {
    if (fault != null) {
      return "cannot be counted: " + fault;
    }
    return rows.isPresent()
        ? Words.number(rows.getAsLong(), unit, unit + "s")
        : "too many to count while you wait";
  }
}
