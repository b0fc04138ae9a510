package org.lethe.subject;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the database finds what a person is called in the middle of a text. */
public final class Mentions {

  private static final Pattern SPECIAL = Pattern.compile("[^\\p{IsAlphabetic}\\p{IsDigit}\\s]");

  private Mentions() {}

  /**
   * A regular expression of the database that finds each text as a word of its own, whatever is in
   * it; empty if there are none.
   */
  public static String pattern(Collection<String> texts) {
    return texts.stream().map(Mentions::literally).collect(Collectors.joining("|"));
  }

  private static String literally(String text) {
    String escaped = SPECIAL.matcher(text).replaceAll("\\\\$0");
    boolean starts = Character.isLetterOrDigit(text.codePointAt(0));
    boolean ends = Character.isLetterOrDigit(text.codePointBefore(text.length()));
    return "(?:" + (starts ? "\\m" : "") + escaped + (ends ? "\\M" : "") + ")";
  }
}
