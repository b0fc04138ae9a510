package org.lethe.stores.jdbc;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Numbers in texts. */
final class Numbers {

  /** No exponents: nobody writes a key that way, and 1e9 could be somebody's name. */
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,60}(\\.[0-9]{1,60})?");

  private Numbers() {}

  /** Throws {@link IllegalArgumentException} if it is none. */
  static BigDecimal of(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("not a number");
    }
    return new BigDecimal(text);
  }
}
