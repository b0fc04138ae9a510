package org.lethe.policy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes names into YAML so that they are read back as exactly these names, whatever they hold. */
public final class YamlText {

  /** Begins like a word and holds nothing that means something in block or flow style. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

  /** What some reader of YAML takes for something other than text. */
  private static final Set<String> RESERVED =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private YamlText() {}

  /** A key or value: plain where that is safe, else in double quotes. */
  public static String scalar(String text) {
    boolean plain =
        PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> {
                  if (breaks(c)) {
                    quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
                  } else {
                    quoted.append((char) c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }

  /** Text after a {@code #}: a line break in a name must not end the comment. */
  public static String comment(String text) {
    StringBuilder comment = new StringBuilder();
    text.chars().forEach(c -> comment.append(breaks(c) ? ' ' : (char) c));
    return comment.toString();
  }

  private static boolean breaks(int c) {
    return Character.isISOControl(c)
        || c == 0x2028
        || c == 0x2029
        || c == 0xfeff
        || c == 0xfffe
        || c == 0xffff
        || Character.getType(c) == Character.FORMAT;
  }
}
