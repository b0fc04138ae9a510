package org.lethe.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A person, by what identifies them. Immutable.
 *
 * @param type which of the policy's subjects
 * @param identifiers values by column of the subject's table, such as {@code customer_id} and
 *     {@code email}; several where the person is known by several
 */
public record Subject(String type, Map<String, List<String>> identifiers) {

  public Subject {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    identifiers.forEach((column, values) -> copy.put(column, List.copyOf(values)));
    identifiers = Collections.unmodifiableMap(copy);
  }

  /** The values of a column; none where the person has none. */
  public List<String> values(String column) {
    return identifiers.getOrDefault(column, List.of());
  }

  /** Without the values: this may reach a log. */
  @Override
  public String toString() {
    return "a " + type + " known by " + String.join(", ", identifiers.keySet());
  }
}
