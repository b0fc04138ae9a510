package org.lethe.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import org.lethe.hash.Fingerprint;
import org.lethe.policy.Decisions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * SHA-256 over a plan's JSON without its hash, with keys sorted and no blanks, so that layout does
 * not matter and every value does.
 */
final class PlanHash {

  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private PlanHash() {}

  static String of(Plan plan, Decisions decisions) {
    return ofBody(new PlanJson(decisions).body(plan));
  }

  /** Of a document as read, its own hash left out. */
  static String ofDocument(JsonNode document) {
    Map<String, Object> body = new LinkedHashMap<>();
    document
        .properties()
        .forEach(
            e -> {
              if (!e.getKey().equals("hash") && !e.getKey().equals("version")) {
                body.put(e.getKey(), e.getValue());
              }
            });
    return ofBody(body);
  }

  private static String ofBody(Map<String, Object> body) {
    // Through plain maps, so that a tree that was read sorts like one that was built.
    Object plain = CANONICAL.convertValue(body, Object.class);
    return Fingerprint.of(CANONICAL.writeValueAsString(plain));
  }
}
