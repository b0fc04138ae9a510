package org.lethe.stores;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.store.StoreSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON of the policy with places for a person's values in its texts. Values are put into texts and
 * never into JSON, so they cannot end the one they are in. Immutable.
 */
public final class JsonTemplate {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** How a text becomes JSON. */
  public interface Texts {
    /**
     * @param parent the nearest key above; empty where there is none
     * @param filled the text with its values
     */
    JsonNode of(String parent, Template template, String filled);

    /** As it is. */
    Texts PLAIN = (parent, template, filled) -> JSON.stringNode(filled);
  }

  private final @Nullable Object source;
  private final Map<String, Template> texts = new LinkedHashMap<>();

  /**
   * Reads what stands at a key.
   *
   * @throws org.lethe.error.InputException if braces do not pair, or hold no column name
   */
  public JsonTemplate(StoreSettings settings, String key) {
    source = settings.raw(key);
    read(settings, key, source);
  }

  private void read(StoreSettings settings, String key, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(v -> read(settings, key, v));
    } else if (value instanceof List<?> list) {
      list.forEach(v -> read(settings, key, v));
    } else if (value instanceof String text) {
      texts.put(text, Template.of(settings, key, text));
    }
  }

  /** The columns it names. */
  public Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    texts.values().forEach(template -> columns.addAll(template.columns()));
    return columns;
  }

  /** Puts values in. */
  public JsonNode fill(Map<String, String> values, Texts how) {
    return fill(source, "", values, how);
  }

  private JsonNode fill(
      @Nullable Object value, String parent, Map<String, String> values, Texts how) {
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = JSON.objectNode();
      map.forEach((k, v) -> object.set(String.valueOf(k), fill(v, String.valueOf(k), values, how)));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = JSON.arrayNode();
      list.forEach(v -> array.add(fill(v, parent, values, how)));
      return array;
    }
    Template template = value instanceof String text ? texts.get(text) : null;
    return template == null
        ? plain(value)
        : how.of(parent, template, template.fill(values, v -> v));
  }

  /** A value that is not text. */
  public static JsonNode plain(@Nullable Object value) {
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    }
    if (value instanceof Integer || value instanceof Long) {
      return JSON.numberNode(((Number) value).longValue());
    }
    if (value instanceof Number number) {
      return JSON.numberNode(number.doubleValue());
    }
    return JSON.stringNode(value.toString());
  }
}
