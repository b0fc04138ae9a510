package org.lethe.bench.data;

import java.util.Locale;

/**
 * How much data.
 *
 * @param name as it is asked for
 * @param users rows in the table of users; all tables have about 105 times as many
 */
public record Size(String name, long users) {

  /** For getting warm. */
  public static final Size TINY = new Size("TINY", 2_000);

  /**
   * S is a million rows, M three, L ten; any number is that many users.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static Size of(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "TINY" -> TINY;
      case "XS" -> new Size("XS", 1_000);
      case "S" -> new Size("S", 10_000);
      case "M" -> new Size("M", 30_000);
      case "L" -> new Size("L", 100_000);
      default -> {
        if (!name.matches("[1-9]\\d{2,8}")) {
          throw new IllegalArgumentException(
              "no such size: " + name + "; S, M, L, or how many users (100 or more)");
        }
        yield new Size(name, Long.parseLong(name));
      }
    };
  }

  /** Rows of the table of events, of which half are too old. */
  public long events() {
    return users * 200;
  }
}
