package org.lethe.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.Choices;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Relation;
import tools.jackson.databind.JsonNode;

/** What was chosen for one removal, as part of its plan. */
final class ChoicesJson {

  private ChoicesJson() {}

  /** One object per relation, in the order of their names. */
  static List<Map<String, Object>> write(Choices choices) {
    return choices.byRelation().entrySet().stream()
        .sorted((a, b) -> a.getKey().name().compareTo(b.getKey().name()))
        .map(e -> entry(e.getKey(), e.getValue()))
        .toList();
  }

  private static Map<String, Object> entry(Relation relation, OnDelete chosen) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("relation", relation.name());
    json.put("action", chosen.kind().word());
    if (!chosen.values().isEmpty()) {
      json.put("values", chosen.values());
    }
    return json;
  }

  static Choices read(JsonNode array, Function<JsonNode, Relation> relations) {
    Map<Relation, OnDelete> chosen = new LinkedHashMap<>();
    array.forEach(
        node -> {
          List<@Nullable String> values = new ArrayList<>();
          node.path("values").forEach(v -> values.add(v.isNull() ? null : v.asString("")));
          chosen.put(
              relations.apply(node.path("relation")),
              new OnDelete(
                  OnDelete.Kind.valueOf(node.path("action").asString("").toUpperCase(Locale.ROOT)),
                  values));
        });
    return new Choices(chosen);
  }
}
