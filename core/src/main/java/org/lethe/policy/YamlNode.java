package org.lethe.policy;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A YAML document in which everything knows its place. */
sealed interface YamlNode {

  Policy.Place place();

  /** The number of nodes in it, itself included. */
  int size();

  /** The same without places. */
  JsonNode json();

  /**
   * Text, number, truth value or null.
   *
   * @param text as written, without quotes
   */
  record Scalar(Policy.Place place, String text, JsonNode json) implements YamlNode {
    @Override
    public int size() {
      return 1;
    }
  }

  record Sequence(Policy.Place place, List<YamlNode> items, int size) implements YamlNode {
    @Override
    public JsonNode json() {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      items.forEach(i -> array.add(i.json()));
      return array;
    }
  }

  record Mapping(Policy.Place place, Map<String, Member> members, int size) implements YamlNode {
    @Override
    public JsonNode json() {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      members.forEach((k, m) -> object.set(k, m.value().json()));
      return object;
    }
  }

  /** A key's value, and where the key stands. */
  record Member(Policy.Place place, YamlNode value) {}
}
