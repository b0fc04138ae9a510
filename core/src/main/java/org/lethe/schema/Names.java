package org.lethe.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * Names as people write them in the policy and on the command line: parts joined by dots, a part in
 * double quotes where it holds a dot, a quote, a comma, a bracket or a blank. Letter case is kept.
 */
public final class Names {

  private Names() {}

  /** Writes parts so that {@link #split} gives them back. */
  public static String join(String... parts) {
    List<String> written = new ArrayList<>(parts.length);
    for (String part : parts) {
      written.add(quoteIfNeeded(part));
    }
    return String.join(".", written);
  }

  /** Writes one part, in double quotes where it needs them. */
  public static String quoteIfNeeded(String part) {
    boolean plain =
        !part.isEmpty()
            && part.chars().noneMatch(c -> ".\"(),='".indexOf(c) >= 0 || Character.isWhitespace(c));
    return plain ? part : '"' + part.replace("\"", "\"\"") + '"';
  }

  /**
   * Splits a dotted name into its parts. Blanks around a part are ignored.
   *
   * @throws IllegalArgumentException if a quote is not closed or in the wrong place, or a part is
   *     empty
   */
  public static List<String> split(String name) {
    List<String> parts = new ArrayList<>();
    int next = 0;
    while (next <= name.length()) {
      next = skipBlanks(name, next);
      boolean quoted = next < name.length() && name.charAt(next) == '"';
      int end = quoted ? closingQuote(name, next) + 1 : nextDot(name, next);
      String part =
          quoted
              ? name.substring(next + 1, end - 1).replace("\"\"", "\"")
              : plain(name, name.substring(next, end).strip());
      if (part.isEmpty()) {
        throw new IllegalArgumentException("a part of the name \"" + name + "\" is empty");
      }
      parts.add(part);
      end = skipBlanks(name, end);
      if (end < name.length() && name.charAt(end) != '.') {
        throw new IllegalArgumentException("after a quoted part of " + name + " a dot is expected");
      }
      next = end + 1;
    }
    return parts;
  }

  private static int skipBlanks(String name, int from) {
    int i = from;
    while (i < name.length() && Character.isWhitespace(name.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int nextDot(String name, int from) {
    int dot = name.indexOf('.', from);
    return dot < 0 ? name.length() : dot;
  }

  private static int closingQuote(String name, int opening) {
    int i = opening + 1;
    while (i < name.length()) {
      if (name.charAt(i) != '"') {
        i++;
      } else if (i + 1 < name.length() && name.charAt(i + 1) == '"') {
        i += 2;
      } else {
        return i;
      }
    }
    throw new IllegalArgumentException("the quote in " + name + " is not closed");
  }

  private static String plain(String name, String part) {
    if (part.indexOf('"') >= 0) {
      throw new IllegalArgumentException(
          "the part "
              + part
              + " of the name "
              + name
              + " has a quote in its midst; quote it whole");
    }
    return part;
  }
}
