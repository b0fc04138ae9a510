package org.lethe.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Another place where data lives, as the policy writes it. Immutable.
 *
 * @param name what the policy calls it
 * @param kind such as {@code redis}; its value among the settings is the address
 * @param settings text, numbers, truth values, null, lists and maps of these
 */
public record StoreRule(String name, String kind, Map<String, @Nullable Object> settings) {
  public StoreRule {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
