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
   * Splits a dotted name into its parts.
   *
   * @throws IllegalArgumentException if a quote is not closed or a part is empty
   */
  public static List<String> split(String name) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    boolean wasQuoted = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (quoted) {
        if (c != '"') {
          part.append(c);
        } else if (i + 1 < name.length() && name.charAt(i + 1) == '"') {
          part.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && part.isEmpty() && !wasQuoted) {
        quoted = true;
        wasQuoted = true;
      } else if (c == '.') {
        parts.add(finished(name, part, wasQuoted));
        part.setLength(0);
        wasQuoted = false;
      } else {
        part.append(c);
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("the quote in " + name + " is not closed");
    }
    parts.add(finished(name, part, wasQuoted));
    return parts;
  }

  private static String finished(String name, StringBuilder part, boolean wasQuoted) {
    String text = wasQuoted ? part.toString() : part.toString().strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a part of the name \"" + name + "\" is empty");
    }
    return text;
  }
}
