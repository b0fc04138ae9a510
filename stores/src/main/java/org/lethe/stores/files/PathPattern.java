package org.lethe.stores.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.lethe.error.InputException;
import org.lethe.store.StoreSettings;
import org.lethe.stores.Template;

/**
 * A pattern of paths below the root: {@code *} any text and {@code ?} one character of a name,
 * {@code **} alone between slashes any number of directories. Immutable.
 */
final class PathPattern {

  static final String DEEP = "**";

  /** Data beside a wildcard: what would find 12 for 1. */
  private static final Pattern WILD_BESIDE_VALUE = Pattern.compile("[*?]\\{\\w|\\w}[*?]");

  /** One name of a path, or {@code **} for any number of them. */
  record Name(boolean deep, boolean literal, Pattern pattern, String text) {}

  private final Template template;
  private final List<Template> names = new ArrayList<>();

  PathPattern(StoreSettings settings, String key, String text) {
    template = Template.ofPerson(settings, key, text);
    if (WILD_BESIDE_VALUE.matcher(text).find()) {
      throw beside(settings, key, text);
    }
    for (String name : text.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\\') >= 0) {
        throw settings.fault(
            key, "is not a path below the root: '" + text + "'", "write names with / between them");
      }
      if (name.contains(DEEP) && !name.equals(DEEP)) {
        throw settings.fault(
            key, "has ** inside a name: '" + text + "'", "write ** alone between slashes");
      }
      names.add(Template.of(settings, key, name));
    }
  }

  private static InputException beside(StoreSettings settings, String key, String text) {
    return settings.fault(
        key,
        "has a wildcard right beside a value, which finds the files of others too, such as those"
            + " of 12 for 1: '"
            + text
            + "'",
        "put something between them that values do not hold");
  }

  /** As the policy has it. */
  String place() {
    return template.toString();
  }

  Set<String> columns() {
    return template.columns();
  }

  /** The names of a person's paths, one after the other. */
  List<Name> names(Map<String, String> values) {
    return names.stream().map(n -> name(n, values)).toList();
  }

  /** How many names at the beginning are the same for everybody: no wildcard, no value. */
  int fixed() {
    int fixed = 0;
    while (fixed < names.size() - 1
        && names.get(fixed).columns().isEmpty()
        && !isWild(names.get(fixed).toString())) {
      fixed++;
    }
    return fixed;
  }

  /** All paths that are somebody's by this pattern. */
  Pattern anybody() {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      boolean last = i == names.size() - 1;
      Template name = names.get(i);
      if (name.toString().equals(DEEP)) {
        regex.append(last ? ".+" : "(?:[^/]+/)*");
      } else {
        regex.append(name.fill(PathPattern::glob, column -> "[^/]+")).append(last ? "" : "/");
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static Name name(Template name, Map<String, String> values) {
    boolean deep = name.toString().equals(DEEP);
    boolean literal = !isWild(name.toString());
    String text = literal ? name.fill(values, value -> value) : "";
    String regex =
        name.fill(PathPattern::glob, column -> Pattern.quote(values.getOrDefault(column, "")));
    return new Name(deep, literal, Pattern.compile(regex, Pattern.DOTALL), text);
  }

  private static boolean isWild(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
  }

  private static String glob(String text) {
    StringBuilder regex = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                regex.append(
                    switch (c) {
                      case '*' -> "[^/]*";
                      case '?' -> "[^/]";
                      default -> Pattern.quote(Character.toString(c));
                    }));
    return regex.toString();
  }
}
