package org.lethe.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Entry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The audit as JSON; keys in a fixed order, times in UTC. Loaded only when JSON is asked for. */
final class AuditJson {

  private AuditJson() {}

  static ObjectNode entry(Entry e) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("entry", e.number());
    json.put("at", e.at().toString());
    json.put("actor", e.actor());
    json.put("action", e.action());
    json.put("object", e.object());
    json.put("reason", e.reason());
    json.set("details", details(e));
    json.put("previous", e.previous());
    json.put("hash", e.hash());
    return json;
  }

  /** What somebody tampered with need not be JSON any more. */
  private static JsonNode details(Entry e) {
    try {
      return JsonText.read(e.details());
    } catch (JacksonException broken) {
      return JsonNodeFactory.instance.stringNode(e.details());
    }
  }

  /**
   * @param last null where there are no entries
   */
  static ObjectNode verified(List<String> faults, @Nullable Entry last) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("unbroken", faults.isEmpty());
    json.put("entries", last == null ? 0 : last.number());
    json.put("hash", last == null ? null : last.hash());
    ArrayNode array = json.putArray("faults");
    faults.forEach(array::add);
    return json;
  }
}
