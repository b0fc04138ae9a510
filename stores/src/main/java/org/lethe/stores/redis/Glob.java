package org.lethe.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.lethe.store.StoreSettings;
import org.lethe.stores.Template;

/**
 * A pattern of keys as Redis knows them: {@code *}, {@code ?} and {@code [..]} stand for others, a
 * backslash takes that from them. Immutable.
 */
final class Glob {

  private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]\\\\]");
  private static final Pattern WILD = Pattern.compile("[*?\\[]");

  /** A value beside a wildcard: what would find 12 for 1. */
  private static final Pattern WILD_BESIDE_VALUE = Pattern.compile("[*?\\]]\\{\\w|\\w}[*?\\[]");

  private final Template template;
  private final boolean wild;

  private Glob(Template template) {
    this.template = template;
    wild =
        template.parts().stream()
            .anyMatch(p -> p instanceof Template.Part.Text t && WILD.matcher(t.text()).find());
  }

  /** Of keys that are a person's own. */
  static Glob ofPerson(StoreSettings settings, String key, String text) {
    return checked(settings, key, Template.ofPerson(settings, key, text));
  }

  /** Of keys that people may share. */
  static Glob of(StoreSettings settings, String key, String text) {
    return checked(settings, key, Template.of(settings, key, text));
  }

  private static Glob checked(StoreSettings settings, String key, Template template) {
    if (WILD_BESIDE_VALUE.matcher(template.toString()).find()) {
      throw settings.fault(
          key,
          "has a wildcard right beside a value, which finds the keys of others too, such as those"
              + " of 12 for 1: '"
              + template
              + "'",
          "put something between them that values do not hold");
    }
    return new Glob(template);
  }

  Set<String> columns() {
    return template.columns();
  }

  /** Whether it can stand for several keys. */
  boolean wild() {
    return wild;
  }

  /** The pattern for one person. A value stands for itself alone. */
  String pattern(Map<String, String> values) {
    return template.fill(values, value -> SPECIAL.matcher(value).replaceAll("\\\\$0"));
  }

  /** The one key for one person, of a pattern that is not {@link #wild}. */
  byte[] key(Map<String, String> values) {
    return template
        .fill(text -> text.replaceAll("\\\\(.)", "$1"), column -> values.getOrDefault(column, ""))
        .getBytes(UTF_8);
  }

  /** All keys that are somebody's by this pattern. */
  Pattern anybody() {
    return Pattern.compile(template.fill(Glob::regex, column -> ".+"), Pattern.DOTALL);
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = c == '[' ? glob.indexOf(']', i + 1) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        String choice = glob.substring(i + 1, close).replace("[", "\\[").replace("&", "\\&");
        regex.append('[').append(choice).append(']');
        i = close;
      } else {
        boolean escaped = c == '\\' && i + 1 < glob.length();
        regex.append(Pattern.quote(String.valueOf(escaped ? glob.charAt(++i) : c)));
      }
    }
    return regex.toString();
  }

  @Override
  public String toString() {
    return template.toString();
  }
}
