package org.lethe.stores.http;

import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.StoreRule;
import org.lethe.store.StoreSettings;

/** The services of a policy that can call back: those that sign. Thread-safe. */
public final class HttpCallbacks {

  private final Map<String, HttpCallback> byStore = new LinkedHashMap<>();

  /**
   * Reads their settings.
   *
   * @param rules stores of all kinds
   * @param environment the value of an environment variable; null where it is not set
   * @throws org.lethe.error.InputException if settings cannot be used
   */
  public HttpCallbacks(
      Collection<StoreRule> rules, Function<String, @Nullable String> environment, Clock clock) {
    for (StoreRule rule : rules) {
      StoreSettings settings = StoreSettings.of(rule.name(), rule.settings(), environment);
      // OpenDSR has calls of its own, signed with certificates.
      if (rule.kind().equals(HttpStoreFactory.KIND)
          && settings.has("sign")
          && !settings.optionalText("style").orElse("").equals("opendsr")) {
        byStore.put(rule.name(), new HttpCallback(settings, clock));
      }
    }
  }

  /** What the policy calls them. */
  public Set<String> stores() {
    return Set.copyOf(byStore.keySet());
  }

  /** What reads the calls of one; empty where it cannot call back. */
  public Optional<HttpCallback> of(String store) {
    return Optional.ofNullable(byStore.get(store));
  }
}
