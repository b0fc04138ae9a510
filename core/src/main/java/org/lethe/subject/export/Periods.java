package org.lethe.subject.export;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says periods in words. */
final class Periods {

  private static final Pattern PART = Pattern.compile("(\\d+)([YMWDHS])");

  private Periods() {}

  /** {@code P10Y} is "10 years"; what is no such period stays. */
  static String words(String iso) {
    StringBuilder words = new StringBuilder();
    boolean time = false;
    Matcher m = PART.matcher(iso);
    int from = 0;
    while (m.find()) {
      time |= iso.substring(from, m.start()).contains("T");
      from = m.end();
      String unit =
          switch (m.group(2)) {
            case "Y" -> "year";
            case "M" -> time ? "minute" : "month";
            case "W" -> "week";
            case "D" -> "day";
            case "H" -> "hour";
            default -> "second";
          };
      words.append(words.isEmpty() ? "" : " ").append(m.group(1)).append(' ').append(unit);
      words.append(m.group(1).equals("1") ? "" : "s");
    }
    return words.isEmpty() ? iso : words.toString();
  }
}
