package org.lethe.server.list;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to narrow a list, with how many there are of each kind. Immutable.
 *
 * @param label for people
 */
public record Facet(String name, String label, List<Choice> choices) {

  public Facet {
    choices = List.copyOf(choices);
  }

  /**
   * @param count how many; null where counting would take too long
   * @param current whether the list is narrowed to it
   * @param address where it leads
   */
  public record Choice(String label, @Nullable Long count, boolean current, String address) {}

  /** How many there are of each kind, by its label; null where counting would take too long. */
  public Map<String, @Nullable Long> counts() {
    Map<String, @Nullable Long> counts = new LinkedHashMap<>();
    choices.stream().skip(1).forEach(c -> counts.put(c.label(), c.count()));
    return counts;
  }

  /** A value and what people read. */
  public record Value(String value, String label, @Nullable Long count) {}

  /** A facet whose first choice is everything. */
  public static Facet of(ListQuery query, String name, String label, List<Value> values) {
    List<Choice> choices = new ArrayList<>();
    @Nullable String chosen = query.filter(name);
    choices.add(new Choice("All", null, chosen == null, query.with(name, null)));
    for (Value value : values) {
      choices.add(
          new Choice(
              value.label(),
              value.count(),
              value.value().equals(chosen),
              query.with(name, value.value())));
    }
    return new Facet(name, label, choices);
  }
}
