package org.lethe.account;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many accounts each further choice would leave; null where counting them takes too long.
 *
 * @param all with every choice that was made
 * @param groups by name, those that have any, by key; empty where they were not counted
 */
public record Facets(
    @Nullable Long all,
    @Nullable Long active,
    @Nullable Long deactivated,
    @Nullable Long staff,
    @Nullable Long superusers,
    Map<String, Long> groups) {

  /** There are too many to count while somebody waits. */
  public static final Facets UNCOUNTED = new Facets(null, null, null, null, null, Map.of());

  public Facets {
    groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
  }

  /** How many of them are in a group. */
  public @Nullable Long group(String key) {
    return all == null ? null : groups.getOrDefault(key, 0L);
  }
}
