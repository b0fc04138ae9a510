package org.lethe.policy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.lethe.schema.SimilarNames;

/** What to write instead of a misspelt word. */
final class Nearest {

  private static final int MOST_LISTED = 12;

  private Nearest() {}

  /** The nearest word, if any is near enough to be worth saying. */
  static Optional<String> to(String word, Collection<String> possible) {
    return SimilarNames.near(word, possible, 1).stream().findFirst();
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
}
