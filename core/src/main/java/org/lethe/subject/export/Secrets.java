package org.lethe.subject.export;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.personal.PersonalData;
import org.lethe.policy.Category;
import org.lethe.policy.ColumnRule;
import org.lethe.schema.Column;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What nobody is ever handed: passwords, tokens and their hashes, whatever they are kept in.
 * Thread-safe.
 */
public final class Secrets {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Secrets() {}

  /**
   * Why a column is never handed out; empty if it may be. A name that sounds like a secret counts
   * unless the policy says twice that it is none: by another category, and by how it is exported.
   */
  public static Optional<String> why(Column column, ColumnRule said) {
    if (said.category() == Category.SECRET) {
      return Optional.of("secret");
    }
    boolean cleared = said.category() != null && said.export() != null && !said.export().never();
    if (PersonalData.isSecret(column) && !cleared) {
      return Optional.of("secret");
    }
    return said.export() != null && said.export().never()
        ? Optional.of("never handed out")
        : Optional.empty();
  }

  /** The JSON document without members that sound like secrets; {@code null} where it is none. */
  public static String without(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return remove(node) ? JSON.writeValueAsString(node) : json;
    } catch (JacksonException e) {
      // Deeper than anybody reads: nobody can tell what is in it.
      return "null";
    }
  }

  /** The values of a record without those that sound like secrets, at any depth. */
  static Map<String, @Nullable Object> without(Map<String, ?> values) {
    Map<String, @Nullable Object> rest = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!secret(name)) {
            rest.put(name, inside(value));
          }
        });
    return rest;
  }

  private static @Nullable Object inside(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      map.forEach((k, v) -> named.put(String.valueOf(k), v));
      return without(named);
    }
    if (value instanceof Collection<?> items) {
      List<@Nullable Object> rest = new ArrayList<>();
      items.forEach(i -> rest.add(inside(i)));
      return rest;
    }
    return value;
  }

  /** Returns whether anything was removed. */
  private static boolean remove(JsonNode node) {
    boolean removed = false;
    if (node instanceof ObjectNode object) {
      List<String> secrets = object.propertyNames().stream().filter(Secrets::secret).toList();
      object.remove(secrets);
      removed = !secrets.isEmpty();
      for (JsonNode value : object.values()) {
        removed |= remove(value);
      }
    } else if (node instanceof ArrayNode array) {
      for (JsonNode value : array) {
        removed |= remove(value);
      }
    }
    return removed;
  }

  private static boolean secret(String name) {
    return PersonalData.isSecret(
        new Column(
            name, "text", Column.TypeKind.BASE, true, false, Column.Identity.NONE, null, null));
  }
}
