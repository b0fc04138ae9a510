package org.lethe.personal;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What most sampled values of a column look like. */
public enum ValueShape {
  /** Not looked at, or too few values to say. */
  UNKNOWN,
  /** Looked at, and like none of the others. */
  OTHER,
  EMAIL,
  PHONE,
  IP,
  /** Six digits or more and nothing else. */
  NUMBER,
  /** Two or three capitalised words; so are many titles, so this alone says little. */
  PERSON_NAME;

  private static final int FEWEST = 5;
  private static final double MOST = 0.7;

  private static final Pattern EMAIL_VALUE = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
  private static final Pattern PHONE_VALUE = Pattern.compile("\\+?[\\d()./ -]{6,24}");
  private static final Pattern IP_VALUE =
      Pattern.compile(
          "\\d{1,3}(\\.\\d{1,3}){3}(/\\d+)?|[0-9a-fA-F]*:[0-9a-fA-F:.]+:[0-9a-fA-F:.]*");
  private static final Pattern NAME_VALUE =
      Pattern.compile("\\p{Lu}[\\p{L}.'’]+([ -]\\p{Lu}[\\p{L}.'’]*){1,2}");
  private static final Pattern NUMBER_VALUE = Pattern.compile("\\d{6,}");
  private static final Pattern DATE_VALUE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");

  /** The shape of most of these values; blank ones do not count. */
  public static ValueShape of(Collection<String> values) {
    int counted = 0;
    Map<ValueShape, Integer> hits = new EnumMap<>(ValueShape.class);
    for (String value : values) {
      String text = value.strip();
      if (!text.isEmpty()) {
        counted++;
        hits.merge(ofOne(text), 1, Integer::sum);
      }
    }
    if (counted < FEWEST) {
      return UNKNOWN;
    }
    for (ValueShape shape : values()) {
      if (hits.getOrDefault(shape, 0) >= counted * MOST) {
        return shape;
      }
    }
    return OTHER;
  }

  private static ValueShape ofOne(String text) {
    if (EMAIL_VALUE.matcher(text).matches()) {
      return EMAIL;
    }
    if (IP_VALUE.matcher(text).matches()) {
      return IP;
    }
    if (NUMBER_VALUE.matcher(text).matches()) {
      return NUMBER;
    }
    if (PHONE_VALUE.matcher(text).matches()
        && !DATE_VALUE.matcher(text).matches()
        && text.chars().filter(Character::isDigit).count() >= 6) {
      return PHONE;
    }
    return NAME_VALUE.matcher(text).matches() ? PERSON_NAME : OTHER;
  }
}
