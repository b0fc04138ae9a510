package org.lethe.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of the possible words a misspelt one was meant to be. */
final class Nearest {

  private static final int MOST_LISTED = 12;

  private Nearest() {}

  /** The nearest word, if any is near enough to be worth saying. */
  static Optional<String> to(String word, Collection<String> possible) {
    String bare = bare(word);
    int allowed = Math.max(1, bare.length() / 3);
    return possible.stream()
        .filter(p -> Math.abs(bare(p).length() - bare.length()) <= allowed)
        .filter(p -> distance(bare, bare(p)) <= allowed)
        .min(
            Comparator.comparingInt((String p) -> distance(bare, bare(p)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code did you mean cascade?}, else the possible words if they are few. */
  static String fix(String word, Collection<String> possible, String what) {
    Optional<String> nearest = to(word, possible);
    if (nearest.isPresent()) {
      return "did you mean " + nearest.get() + "?";
    }
    if (possible.isEmpty()) {
      return "there are no " + what;
    }
    List<String> listed = possible.stream().limit(MOST_LISTED).toList();
    return what
        + (listed.size() == 1 ? ": " : " are: ")
        + String.join(", ", listed)
        + (possible.size() > MOST_LISTED
            ? " and " + (possible.size() - MOST_LISTED) + " more"
            : "");
  }

  private static String bare(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_\\s]", "");
  }

  /** Damerau-Levenshtein with adjacent swaps. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
