package org.lethe.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which of the possible names a misspelt one may have been meant to be. */
public final class SimilarNames {

  private SimilarNames() {}

  /**
   * The names near enough to be worth saying, the nearest first. Letter case and signs between
   * words do not count; where only one of two names has a schema or the like before a dot, neither
   * does that.
   *
   * @param most how many at most
   */
  public static List<String> near(String word, Collection<String> possible, int most) {
    record Scored(String name, int distance) {}
    return possible.stream()
        .map(p -> new Scored(p, apart(word, p)))
        .filter(s -> s.distance() < Integer.MAX_VALUE)
        .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
        .limit(most)
        .map(Scored::name)
        .toList();
  }

  /** Letters between two names; {@code Integer.MAX_VALUE} if they are too many. */
  private static int apart(String word, String possible) {
    int whole = tolerated(bare(word), bare(possible));
    boolean alike = word.contains(".") == possible.contains(".");
    return alike
        ? whole
        : Math.min(whole, tolerated(bare(lastPart(word)), bare(lastPart(possible))));
  }

  private static int tolerated(String wanted, String possible) {
    int most = Math.max(1, wanted.length() / 3);
    if (Math.abs(wanted.length() - possible.length()) > most) {
      return Integer.MAX_VALUE;
    }
    int distance = distance(wanted, possible);
    return distance > most ? Integer.MAX_VALUE : distance;
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** Damerau's and Levenshtein's: letters added, left out, replaced, or swapped with the next. */
  private static int distance(String a, String b) {
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
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
