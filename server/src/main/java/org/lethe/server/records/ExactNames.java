package org.lethe.server.records;

import java.util.Set;
import java.util.TreeSet;
import org.lethe.error.InputException;
import org.springframework.util.MultiValueMap;

/** Makes sure that a list is asked for by names that it knows. */
final class ExactNames {

  /** What is said of any list. */
  private static final Set<String> OF_LISTS = Set.of("q", "sort", "after", "limit");

  private ExactNames() {}

  /**
   * @throws InputException if a name narrows nothing, or sorts by nothing
   */
  static void check(TableView view, MultiValueMap<String, String> parameters) {
    Set<String> known = new TreeSet<>(view.parameters());
    Set<String> narrowing = new TreeSet<>(parameters.keySet());
    narrowing.removeAll(OF_LISTS);
    if (!known.containsAll(narrowing)) {
      throw new InputException(
          "something there narrows no list of %s; what does: q, %s"
              .formatted(view.name(), String.join(", ", known)));
    }
    String sort = parameters.getFirst("sort");
    if (sort != null && !view.sortable().contains(sort.replaceFirst("^-", ""))) {
      throw new InputException(
          "rows of %s are sorted by one of %s; with - in front it goes downwards"
              .formatted(view.name(), String.join(", ", view.sortable())));
    }
  }
}
