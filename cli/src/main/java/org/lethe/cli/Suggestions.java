package org.lethe.cli;

import java.util.Collection;
import java.util.List;
import org.lethe.schema.SimilarNames;

/** What somebody may have meant who mistyped a name. */
final class Suggestions {

  private static final int MOST = 3;

  private Suggestions() {}

  /** {@code "; did you mean a, b?"}, or nothing if no candidate is near. */
  static String didYouMean(String typed, Collection<String> candidates) {
    List<String> near = SimilarNames.near(typed, candidates, MOST);
    return near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?";
  }
}
