package org.lethe.cli;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Ids as lists show them and people type them: the beginning of a UUID, hyphens or not. */
final class ShortId {

  /** What an id may be shortened to. */
  private static final int SHORTEST = 4;

  /** Digits of a UUID. */
  private static final int DIGITS = 32;

  private static final String ID_DIGITS = "[0-9a-f]{" + SHORTEST + "," + DIGITS + "}";

  private ShortId() {}

  /**
   * The digits of an id or of its beginning.
   *
   * @throws UsageException if it can be neither
   */
  static String digits(String id) {
    String digits = plain(id);
    if (!isOne(digits)) {
      throw new UsageException(
          "%s is no id: give at least the first %d of its characters, 0-9 and a-f"
              .formatted(id, SHORTEST));
    }
    return digits;
  }

  /** What was typed as digits are written; it may be no id at all. */
  static String plain(String typed) {
    return typed.replace("-", "").toLowerCase(Locale.ROOT);
  }

  /** Whether this can be the digits of an id or of its beginning. */
  static boolean isOne(String plain) {
    return plain.matches(ID_DIGITS);
  }

  /** An id as lists show it. */
  static String shortened(UUID id) {
    return id.toString().substring(0, 8);
  }

  /** Whether these are the digits of an id or of its beginning. */
  static boolean starts(UUID id, String digits) {
    return plain(id.toString()).startsWith(digits);
  }

  /** The first of all ids that start so. */
  static UUID first(String digits) {
    return uuid(digits + "0".repeat(DIGITS - digits.length()));
  }

  /** The last of all ids that start so. */
  static UUID last(String digits) {
    return uuid(digits + "f".repeat(DIGITS - digits.length()));
  }

  private static UUID uuid(String digits) {
    return UUID.fromString(
        digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
  }

  /**
   * The one that is meant.
   *
   * @param found at least one
   * @param id as it was typed
   * @param what they are, such as {@code holds}
   * @throws UsageException if there are several
   */
  static <T> T only(List<T> found, String id, String what) {
    if (found.size() > 1) {
      throw new UsageException(
          "the ids of several %s start with %s; give more of it".formatted(what, id));
    }
    return found.get(0);
  }
}
