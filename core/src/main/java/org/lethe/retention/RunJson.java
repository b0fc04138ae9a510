package org.lethe.retention;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.lethe.collect.Counts;
import org.lethe.collect.CountsJson;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the record of runs and the audit keep as JSON: counts and reasons, nothing of anybody. */
final class RunJson {

  private static final JsonMapper JSON = JsonMapper.shared();

  private RunJson() {}

  static String report(Counts counts, Map<String, Long> setAside) {
    return JSON.writeValueAsString(put(JSON.createObjectNode(), counts, setAside));
  }

  static String audit(UUID run, Counts counts, Map<String, Long> setAside, String state) {
    ObjectNode json = JSON.createObjectNode();
    json.put("run", run.toString());
    json.put("state", state);
    return JSON.writeValueAsString(put(json, counts, setAside));
  }

  private static ObjectNode put(ObjectNode json, Counts counts, Map<String, Long> setAside) {
    CountsJson.keep(json, counts);
    ObjectNode reasons = json.putObject("set_aside");
    new TreeMap<>(setAside).forEach((reason, rows) -> reasons.put(reason, rows));
    return json;
  }

  static Counts counts(String report) {
    return CountsJson.read(JSON.readTree(report));
  }

  static Map<String, Long> setAside(String report) {
    return CountsJson.numbers(JSON.readTree(report).path("set_aside"));
  }
}
