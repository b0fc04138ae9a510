package org.lethe.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.lethe.policy.StoreRule;

/**
 * The stores of a policy, opened with whatever kinds are on the class path. Closes them together.
 * Not thread-safe itself; the stores are.
 */
public final class Stores implements AutoCloseable {

  private final List<Store> opened = new ArrayList<>();

  private Stores() {}

  /**
   * Opens all of them; none connects before it is asked something.
   *
   * @param environment the value of an environment variable; null where it is not set
   * @throws InputException if there is no such kind of store, or its settings cannot be used; then
   *     none stays open
   */
  public static Stores open(
      Collection<StoreRule> rules, Function<String, @Nullable String> environment) {
    return open(rules, environment, ServiceLoader.load(StoreFactory.class));
  }

  /** The same, with these kinds only. */
  static Stores open(
      Collection<StoreRule> rules,
      Function<String, @Nullable String> environment,
      Iterable<StoreFactory> factories) {
    Map<String, StoreFactory> kinds = new TreeMap<>();
    factories.forEach(f -> kinds.putIfAbsent(f.kind(), f));
    Stores stores = new Stores();
    try {
      for (StoreRule rule : rules) {
        StoreFactory factory = kinds.get(rule.kind());
        if (factory == null) {
          throw unknown(rule, kinds);
        }
        stores.opened.add(
            factory.open(StoreSettings.of(rule.name(), rule.settings(), environment)));
      }
    } catch (RuntimeException e) {
      stores.closeAfter(e);
      throw e;
    }
    return stores;
  }

  /** In the policy's order. */
  public List<Store> all() {
    return List.copyOf(opened);
  }

  /** Closes every one, whatever becomes of the others. */
  @Override
  public void close() {
    RuntimeException first = null;
    for (Store store : opened) {
      try {
        store.close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    opened.clear();
    if (first != null) {
      throw first;
    }
  }

  private void closeAfter(RuntimeException failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static InputException unknown(StoreRule rule, Map<String, StoreFactory> kinds) {
    String known =
        kinds.isEmpty()
            ? "none is on the class path; add lethe-stores"
            : "write the address first, after one of " + String.join(", ", kinds.keySet());
    return new InputException(
        "stores.%s: there is no kind of store %s; %s".formatted(rule.name(), rule.kind(), known));
  }
}
