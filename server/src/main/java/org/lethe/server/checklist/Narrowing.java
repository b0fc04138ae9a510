package org.lethe.server.checklist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lethe.server.list.Facet;
import org.lethe.server.list.ListQuery;
import org.lethe.server.list.Slice;

/** Findings that fit what is asked of the list, and how many would fit with another choice. */
record Narrowing(List<FindingView> all, ListQuery query) {

  static final Set<String> FACETS = Set.of("severity", "code", "table");

  private static String value(FindingView finding, String facet) {
    return switch (facet) {
      case "severity" -> finding.severity();
      case "code" -> finding.finding().code().id();
      default -> finding.table() == null ? "" : String.valueOf(finding.table());
    };
  }

  /**
   * @param but a facet that does not matter; null where all do
   */
  private List<FindingView> fitting(@Nullable String but) {
    return all.stream()
        .filter(
            f ->
                FACETS.stream()
                    .filter(facet -> !facet.equals(but) && query.filter(facet) != null)
                    .allMatch(facet -> value(f, facet).equals(query.filter(facet))))
        .filter(this::found)
        .toList();
  }

  private boolean found(FindingView f) {
    String text = query.text().toLowerCase(Locale.ROOT);
    return (f.finding().subject() + "\n" + f.finding().message())
        .toLowerCase(Locale.ROOT)
        .contains(text);
  }

  Slice<FindingView> slice() {
    List<FindingView> fitting = fitting(null);
    String after = query.after();
    int start = after != null && after.matches("[0-9]{1,6}") ? Integer.parseInt(after) : 0;
    int from = Math.min(start, fitting.size());
    int end = Math.min(from + Slice.SIZE, fitting.size());
    return new Slice<>(
        fitting.subList(from, end), end < fitting.size() ? Integer.toString(end) : null);
  }

  List<Facet> facets() {
    return List.of(
        facet("severity", "Severity", new LinkedHashMap<>()),
        facet("code", "What", new TreeMap<>()),
        facet("table", "Table", new TreeMap<>()));
  }

  private Facet facet(String name, String label, Map<String, Long> counts) {
    // Findings are sorted by severity, so that the worst come first here too.
    fitting(name).forEach(f -> counts.merge(value(f, name), 1L, Long::sum));
    List<Facet.Value> values = new ArrayList<>();
    counts.forEach(
        (value, count) -> {
          if (!value.isEmpty()) {
            values.add(new Facet.Value(value, value, count));
          }
        });
    return Facet.of(query, name, label, values);
  }
}
