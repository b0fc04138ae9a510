package org.lethe.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody may have meant who mistyped a name. */
final class Suggestions {

  private static final int MOST = 3;

  private Suggestions() {}

  /** {@code "; did you mean a, b?"}, or nothing if no candidate is near. */
  static String didYouMean(String typed, Collection<String> candidates) {
    List<String> near = near(typed, candidates);
    return near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?";
  }

  private static List<String> near(String typed, Collection<String> candidates) {
    String wanted = simple(typed);
    int tolerated = Math.max(1, wanted.length() / 3);
    record Scored(String name, int distance) {}
    return candidates.stream()
        .map(c -> new Scored(c, distance(wanted, simple(c))))
        .filter(s -> s.distance() <= tolerated)
        .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
        .limit(MOST)
        .map(Scored::name)
        .toList();
  }

  /** Case, the schema and a plural's last letter are often what differs. */
  private static String simple(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return last.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** Levenshtein's. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
