package org.lethe.assertions;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts values into JSON documents where a path of the policy leads. */
final class Documents {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Documents() {}

  /**
   * A document with a value put in.
   *
   * @param document as it is; null for an empty one
   * @param path such as {@code $.customer.id} or {@code $.items[*].buyer}
   * @param number whether the value is a number and not a text
   */
  static String with(@Nullable String document, String path, String value, boolean number) {
    JsonNode root = document == null ? JSON.objectNode() : JsonMapper.shared().readTree(document);
    String[] steps = path.replaceFirst("^\\$\\.?", "").split("\\.", -1);
    JsonNode leaf = number ? JsonMapper.shared().readTree(value) : JSON.stringNode(value);
    return put(root, steps, 0, leaf).toString();
  }

  private static JsonNode put(JsonNode at, String[] steps, int step, JsonNode leaf) {
    if (step == steps.length) {
      return leaf;
    }
    int bracket = steps[step].indexOf('[');
    String name = bracket < 0 ? steps[step] : steps[step].substring(0, bracket);
    ObjectNode object = at instanceof ObjectNode there ? there : JSON.objectNode();
    String bare = name.replace("\"", "");
    if (bracket < 0) {
      object.set(bare, put(object.path(bare), steps, step + 1, leaf));
    } else {
      ArrayNode list = JSON.arrayNode();
      list.add(put(object.path(bare).path(0), steps, step + 1, leaf));
      object.set(bare, list);
    }
    return object;
  }
}
