package org.lethe.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lethe.schema.Column;

/**
 * Whether a text can be a column's value, as far as the type's name tells without asking the
 * database: numbers, truth values and UUIDs. Stateless.
 */
final class ValueCheck {

  private static final Set<String> TRUTHS =
      Set.of("true", "false", "t", "f", "yes", "no", "y", "n", "on", "off", "1", "0");

  private ValueCheck() {}

  /** What is wrong with the value, for people; empty if nothing seems to be. */
  static Optional<String> fault(Column column, String value) {
    String type = column.type().replaceAll("\\(.*", "").strip();
    return fits(type, value.strip())
        ? Optional.empty()
        : Optional.of(
            "%s is of type %s, and \"%s\" is not".formatted(column.name(), column.type(), value));
  }

  private static boolean fits(String type, String value) {
    return switch (type) {
      case "smallint" -> integer(value, 15);
      case "integer" -> integer(value, 31);
      case "bigint" -> integer(value, 63);
      case "numeric", "real", "double precision" -> number(value);
      case "boolean" -> TRUTHS.contains(value.toLowerCase(Locale.ROOT));
      case "uuid" -> uuid(value);
      default -> true;
    };
  }

  private static boolean integer(String value, int bits) {
    try {
      return new BigInteger(value).bitLength() <= bits;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean number(String value) {
    try {
      return new BigDecimal(value).signum() <= 1;
    } catch (NumberFormatException e) {
      return value.toLowerCase(Locale.ROOT).matches("nan|[+-]?inf(inity)?");
    }
  }

  private static boolean uuid(String value) {
    try {
      String bare = value.replaceAll("[{}-]", "");
      return bare.length() == 32
          && !UUID.fromString(
                  bare.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"))
              .toString()
              .isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
