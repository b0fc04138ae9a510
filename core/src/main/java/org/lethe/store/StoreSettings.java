package org.lethe.store;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.lethe.policy.Variables;

/**
 * What the policy says of one store. {@code ${NAME}} in a text stands for an environment variable,
 * so that no password need be written into the policy; it is put in only where the text is asked
 * for. Immutable.
 */
public final class StoreSettings {

  private final String path;
  private final Map<String, @Nullable Object> values;
  private final Function<String, @Nullable String> environment;

  private StoreSettings(
      String path,
      Map<String, @Nullable Object> values,
      Function<String, @Nullable String> environment) {
    this.path = path;
    this.values = values;
    this.environment = environment;
  }

  /**
   * The settings of a store.
   *
   * @param name what the policy calls it
   * @param values text, numbers, truth values, null, and lists and maps with text keys of these
   * @param environment the value of an environment variable; null where it is not set
   */
  public static StoreSettings of(
      String name,
      Map<String, ? extends @Nullable Object> values,
      Function<String, @Nullable String> environment) {
    return new StoreSettings(
        "stores." + name, Collections.unmodifiableMap(new LinkedHashMap<>(values)), environment);
  }

  /** What the policy calls the store, or the part of it. */
  public String name() {
    return path.substring(path.indexOf('.') + 1);
  }

  public boolean has(String key) {
    return values.get(key) != null;
  }

  /**
   * A text that must be there.
   *
   * @throws InputException if it is not, or names a variable that is not set
   */
  public String text(String key) {
    return optionalText(key).orElseThrow(() -> fault(key, "is missing", "add it"));
  }

  /**
   * A text.
   *
   * @throws InputException if it is something else, or names a variable that is not set
   */
  public Optional<String> optionalText(String key) {
    Object value = values.get(key);
    if (value instanceof Map || value instanceof List) {
      throw fault(key, "is not one value", "write a text");
    }
    return Optional.ofNullable(value).map(v -> resolve(key, v.toString()));
  }

  /**
   * A list of texts; a single one may stand without a list. Empty if nothing is there.
   *
   * @throws InputException if it is something else
   */
  public List<String> texts(String key) {
    Object value = values.get(key);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Object item : value instanceof List<?> list ? list : List.of(value)) {
      if (item == null || item instanceof Map || item instanceof List) {
        throw fault(key, "is not a list of texts", "write - text lines");
      }
      texts.add(resolve(key, item.toString()));
    }
    return texts;
  }

  /**
   * A whole number.
   *
   * @throws InputException if it is something else, or below {@code least}
   */
  public int number(String key, int otherwise, int least) {
    Object value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number n && n.doubleValue() == n.intValue() && n.intValue() >= least) {
      return n.intValue();
    }
    throw fault(key, "is not a whole number of " + least + " or more", "write one");
  }

  /**
   * A length of time.
   *
   * @throws InputException if it is something else, or not longer than nothing
   */
  public Duration duration(String key, Duration otherwise) {
    Object value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      Duration duration = Duration.parse(value.toString());
      if (!duration.isNegative() && !duration.isZero()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw fault(key, "is no length of time", "write an ISO 8601 duration such as PT10S");
  }

  /**
   * A truth value.
   *
   * @throws InputException if it is something else
   */
  public boolean truth(String key, boolean otherwise) {
    Object value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Boolean b) {
      return b;
    }
    throw fault(key, "is neither true nor false", "write true or false");
  }

  /**
   * Settings below a key; empty where there are none.
   *
   * @throws InputException if it is something else
   */
  public Optional<StoreSettings> part(String key) {
    Object value = values.get(key);
    return value == null ? Optional.empty() : Optional.of(part(key, value));
  }

  /**
   * A list of settings below a key; a single one may stand without a list.
   *
   * @throws InputException if it is something else
   */
  public List<StoreSettings> parts(String key) {
    Object value = values.get(key);
    if (value == null) {
      return List.of();
    }
    List<StoreSettings> parts = new ArrayList<>();
    List<?> items = value instanceof List<?> list ? list : List.of(value);
    for (int i = 0; i < items.size(); i++) {
      parts.add(part(value instanceof List ? key + "[" + i + "]" : key, items.get(i)));
    }
    return parts;
  }

  /** The keys that are there, in the policy's order. */
  public List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /** The value as the policy has it, with nothing put in; null where there is none. */
  public @Nullable Object raw(String key) {
    return values.get(key);
  }

  /** A fault in the form of all faults of settings. */
  public InputException fault(String key, String what, String fix) {
    return new InputException("%s.%s %s; %s".formatted(path, key, what, fix));
  }

  private StoreSettings part(String key, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw fault(key, "is not a group of settings", "write { name: value }");
    }
    Map<String, @Nullable Object> below = new LinkedHashMap<>();
    map.forEach((k, v) -> below.put(String.valueOf(k), v));
    return new StoreSettings(path + "." + key, Collections.unmodifiableMap(below), environment);
  }

  private String resolve(String key, String text) {
    return Variables.put(path + "." + key, text, environment);
  }
}
