package org.lethe.trash;

import java.util.LinkedHashMap;
import java.util.Map;
import org.lethe.collect.Counts;
import org.lethe.collect.CountsJson;
import org.lethe.collect.Roots;
import org.lethe.plan.Plan;
import org.lethe.schema.Names;
import org.lethe.schema.TableId;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
    return JSON.writeValueAsString(kept(counts));
  }

  private static ObjectNode kept(Counts counts) {
    ObjectNode json = JSON.createObjectNode();
    CountsJson.keep(json, counts);
    return json;
  }

  /** What the audit says of a removal: hashes and counts, nothing of anybody. */
  static String act(Plan plan) {
    ObjectNode json = JSON.createObjectNode();
    json.put("plan", plan.hash());
    json.put("policy", plan.policyHash());
    json.set("counts", kept(plan.counts()));
    return JSON.writeValueAsString(json);
  }

  static Counts counts(String json) {
    return CountsJson.read(JSON.readTree(json));
  }

  private static String name(TableId table) {
    return Names.join(table.schema(), table.name());
  }
}
