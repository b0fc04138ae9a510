package org.lethe.policy;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;

/**
 * {@code ${NAME}} in a text of the policy: an environment variable, so that no password need be
 * written down. It is put in only where the text is used.
 */
public final class Variables {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private Variables() {}

  /** Whether the text has any. */
  public static boolean in(String text) {
    return VARIABLE.matcher(text).find();
  }

  /**
   * The text with their values.
   *
   * @param path where the policy has it, for messages
   * @param environment the value of an environment variable; null where it is not set
   * @throws InputException if one is not set
   */
  public static String put(
      String path, String text, Function<String, @Nullable String> environment) {
    Matcher m = VARIABLE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (m.find()) {
      String value = environment.apply(m.group(1));
      if (value == null) {
        throw new InputException(
            "%s needs the environment variable %s, which is not set; set it"
                .formatted(path, m.group(1)));
      }
      m.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    m.appendTail(resolved);
    return resolved.toString();
  }
}
