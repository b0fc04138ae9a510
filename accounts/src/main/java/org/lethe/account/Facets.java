package org.lethe.account;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many accounts each further choice would leave.
 *
 * @param all with every choice that was made
 * @param groups by name, those that have any, by key
 */
public record Facets(
    long all,
    long active,
    long deactivated,
    long staff,
    long superusers,
    Map<String, Long> groups) {
  public Facets {
    groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
  }
}
