package org.lethe.checklist;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.lethe.checklist.Sampler.Field;
import org.lethe.personal.ValueShape;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the fields of sampled documents; tells their paths and shapes, never their values. */
final class JsonFields {

  /** Deeper fields count as their ancestor of this depth. */
  private static final int DEPTH = 2;

  /** What looks like anything else is rather a value used as a key. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z_-]*[0-9]{0,2}");

  private static final int LONGEST_NAME = 40;
  private static final int MOST_FIELDS = 200;

  /** A key that the policy's paths can write without quotes. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();

  private JsonFields() {}

  /**
   * The fields of these documents; what is no document, or only a part of one, is passed over.
   *
   * @param column whose documents they are
   */
  static List<Field> of(String column, Collection<String> documents) {
    JsonFields fields = new JsonFields();
    for (String document : documents) {
      try {
        fields.visit("$", "", MAPPER.readTree(document), 0);
      } catch (JacksonException e) {
        // Cut off at its longest.
      }
    }
    List<Field> found = new ArrayList<>();
    fields.values.forEach(
        (path, seen) ->
            found.add(
                new Field(column, path, fields.names.getOrDefault(path, ""), ValueShape.of(seen))));
    return found;
  }

  private void visit(String path, String name, JsonNode node, int depth) {
    if (node.isObject() && depth < DEPTH) {
      node.properties()
          .forEach(
              e -> {
                boolean named = isName(e.getKey());
                visit(
                    path + (named ? "." + written(e.getKey()) : ".*"),
                    named ? e.getKey() : "",
                    e.getValue(),
                    depth + 1);
              });
    } else if (node.isArray()) {
      for (JsonNode item : node) {
        visit(path + "[*]", name, item, depth);
      }
    } else if (depth > 0 && (values.containsKey(path) || values.size() < MOST_FIELDS)) {
      names.put(path, name);
      List<String> seen = values.computeIfAbsent(path, p -> new ArrayList<>());
      if (node.isString() || node.isNumber()) {
        seen.add(node.asString());
      }
    }
  }

  private static boolean isName(String key) {
    return key.length() <= LONGEST_NAME && NAME.matcher(key).matches();
  }

  private static String written(String key) {
    return PLAIN.matcher(key).matches() ? key : '"' + key + '"';
  }
}
