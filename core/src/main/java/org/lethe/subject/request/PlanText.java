package org.lethe.subject.request;

import java.util.List;
import org.lethe.subject.Settled;
import org.lethe.subject.erase.ErasurePlan;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plans and outcomes as JSON: counts, grounds and dates, nothing of anybody. */
public final class PlanText {

  private static final JsonMapper JSON = JsonMapper.shared();

  private PlanText() {}

  /** All of a plan. */
  public static String json(ErasurePlan plan) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode tables = json.putArray("tables");
    for (ErasurePlan.OfTable table : plan.tables()) {
      ObjectNode one = tables.addObject();
      one.put("table", table.name());
      one.put("deleted", table.deleted());
      one.put("treated", table.treated());
      one.put("shared", table.shared());
      ArrayNode kept = one.putArray("kept");
      for (ErasurePlan.Kept k : table.kept()) {
        ObjectNode row = kept.addObject();
        row.put("rows", k.rows());
        row.put("ground", k.ground());
        row.put("until", k.until() == null ? null : k.until().toString());
      }
      ObjectNode treatments = one.putObject("treatments");
      table.treatments().forEach(treatments::put);
    }
    ObjectNode updates = json.putObject("updated");
    plan.updates().forEach(updates::put);
    ObjectNode trashed = json.putObject("trashed");
    plan.trashed().forEach(trashed::put);
    json.put("policy", plan.policyHash());
    json.put("catalog", plan.catalogHash());
    return JSON.writeValueAsString(json);
  }

  /** What the audit says of a plan. */
  static String counts(ErasurePlan plan) {
    ObjectNode json = JSON.createObjectNode();
    json.put("policy", plan.policyHash());
    json.put("deleted", plan.tables().stream().mapToLong(ErasurePlan.OfTable::deleted).sum());
    json.put("treated", plan.tables().stream().mapToLong(ErasurePlan.OfTable::treated).sum());
    json.put(
        "kept",
        plan.tables().stream()
            .flatMap(t -> t.kept().stream())
            .mapToLong(ErasurePlan.Kept::rows)
            .sum());
    return JSON.writeValueAsString(json);
  }

  /** What became of many people, without anything of anybody. */
  public static String batch(BatchReport report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("batch", report.batch().toString());
    json.put("people", report.people());
    ObjectNode requests = json.putObject("requests");
    report.requests().forEach((state, n) -> requests.put(state.word(), n));
    ObjectNode refused = json.putObject("refused");
    report.refused().forEach(refused::put);
    json.set("outcomes", JSON.readTree(outcomes(report.places())));
    return JSON.writeValueAsString(json);
  }

  /** Outcomes, place by place. */
  public static String outcomes(List<Settled> outcomes) {
    ArrayNode json = JSON.createArrayNode();
    for (Settled settled : outcomes) {
      ObjectNode one = json.addObject();
      one.put("store", settled.store());
      one.put("place", settled.place());
      one.put("outcome", settled.outcome().word());
      one.put("items", settled.items());
      one.put("ground", settled.ground());
      one.put("until", settled.until() == null ? null : settled.until().toString());
    }
    return JSON.writeValueAsString(json);
  }
}
