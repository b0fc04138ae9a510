package org.lethe.cli;

import java.util.Locale;

/** When to colour; {@code auto} means on a terminal, unless NO_COLOR is set (no-color.org). */
enum ColorMode {
  AUTO,
  ALWAYS,
  NEVER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
