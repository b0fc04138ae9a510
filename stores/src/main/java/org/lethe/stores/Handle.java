package org.lethe.stores;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lethe.store.Locator;
import org.lethe.store.StoreException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a {@link Locator} keeps to find a piece again: named texts, as JSON. Immutable.
 *
 * @param values by name
 */
public record Handle(Map<String, String> values) {

  private static final TypeReference<LinkedHashMap<String, String>> TEXTS =
      new TypeReference<>() {};

  public Handle {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  public static Handle of(String name, String value) {
    return new Handle(Map.of(name, value));
  }

  public Handle and(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Handle(more);
  }

  public Locator at(String place) {
    return new Locator(place, text(values));
  }

  /**
   * The same for a handle in which one value is another each time.
   *
   * @param changing its name
   */
  public Locator at(String place, String changing) {
    Map<String, String> same = new LinkedHashMap<>(values);
    same.remove(changing);
    return new Locator(place, text(values), text(same));
  }

  private static String text(Map<String, String> values) {
    return JsonMapper.shared().writeValueAsString(values);
  }

  /**
   * Reads the handle of a piece.
   *
   * @throws StoreException if it is not one of these
   */
  public static Handle of(Locator piece) {
    try {
      return new Handle(JsonMapper.shared().readValue(piece.handle(), TEXTS));
    } catch (JacksonException e) {
      // Without the cause: its message quotes the handle.
      throw foreign(piece);
    }
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * One of the values.
   *
   * @throws StoreException if it is not there
   */
  public String get(Locator piece, String name) {
    String value = values.get(name);
    if (value == null) {
      throw foreign(piece);
    }
    return value;
  }

  /**
   * One of the values that is a whole number.
   *
   * @throws StoreException if it is not
   */
  public int number(Locator piece, String name) {
    try {
      return Integer.parseInt(get(piece, name));
    } catch (NumberFormatException e) {
      throw foreign(piece);
    }
  }

  /** To throw where a handle makes no sense. */
  public static StoreException foreign(Locator piece) {
    return new StoreException(
        "what was written down of " + piece + " was not written by this kind of store", false);
  }

  /** Without the values: this may reach a log. */
  @Override
  public String toString() {
    return "a handle with " + String.join(", ", values.keySet());
  }
}
