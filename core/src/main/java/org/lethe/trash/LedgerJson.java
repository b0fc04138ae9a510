package org.lethe.trash;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.lethe.collect.Counts;
import org.lethe.collect.Roots;
import org.lethe.plan.Plan;
import org.lethe.schema.Names;
import org.lethe.schema.TableId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the ledger keeps as JSON. */
final class LedgerJson {

  private static final JsonMapper JSON = JsonMapper.shared();

  private LedgerJson() {}

  static String roots(Roots roots) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", name(roots.table()));
    if (roots instanceof Roots.Keys keys) {
      json.put("keys", keys.keys());
    } else if (roots instanceof Roots.Where where) {
      json.put("where", where.predicate());
    }
    return JSON.writeValueAsString(json);
  }

  static String counts(Counts counts) {
    Map<String, Long> deleted = new TreeMap<>();
    counts.deleted().forEach((t, n) -> deleted.put(name(t), n));
    return JSON.writeValueAsString(Map.of("deleted", deleted, "updated", counts.updated()));
  }

  /** What the audit says of a removal: hashes and counts, nothing of anybody. */
  static String act(Plan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("plan", plan.hash());
    json.put("policy", plan.policyHash());
    json.put("counts", JSON.readTree(counts(plan.counts())));
    return JSON.writeValueAsString(json);
  }

  static Counts counts(String json) {
    JsonNode node = JSON.readTree(json);
    Map<TableId, Long> deleted = new TreeMap<>();
    node.path("deleted")
        .properties()
        .forEach(
            e -> {
              var parts = Names.split(e.getKey());
              deleted.put(new TableId(parts.get(0), parts.get(1)), e.getValue().asLong());
            });
    Map<String, Long> updated = new TreeMap<>();
    node.path("updated").properties().forEach(e -> updated.put(e.getKey(), e.getValue().asLong()));
    return new Counts(deleted, updated);
  }

  private static String name(TableId table) {
    return Names.join(table.schema(), table.name());
  }
}
