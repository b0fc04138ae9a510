package org.lethe.execute;

import java.util.List;
import org.lethe.collect.Blocker;
import org.lethe.collect.Counts;
import org.lethe.collect.CountsJson;
import org.lethe.collect.PreviewJson;
import org.lethe.schema.Catalog;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The outcome of a removal as JSON: {@code total}, {@code deleted}, {@code updated}, {@code
 * blocked}, {@code deletion} and {@code duration_ms}. Keys come in a fixed order. Stateless.
 */
public final class ReportJson {

  private ReportJson() {}

  public static ObjectNode of(DeletionReport report, Catalog catalog) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    CountsJson.put(json, report.counts(), catalog);
    json.putArray("blocked");
    json.put("deletion", report.deletion() == null ? null : report.deletion().toString());
    json.put("duration_ms", report.duration().toMillis());
    return json;
  }

  /** A removal that was refused: nothing was deleted, and this is why. */
  public static ObjectNode blocked(List<Blocker> blockers, Catalog catalog) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    CountsJson.put(json, Counts.NONE, catalog);
    json.set("blocked", PreviewJson.blocked(blockers, catalog));
    json.putNull("deletion");
    return json;
  }
}
