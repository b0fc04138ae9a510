package org.lethe.retention;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.lethe.collect.Counts;
import org.lethe.schema.Names;
import org.lethe.schema.TableId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the record of runs and the audit keep as JSON: counts and reasons, nothing of anybody. */
final class RunJson {

  private static final JsonMapper JSON = JsonMapper.shared();

  private RunJson() {}

  static String report(Counts counts, Map<String, Long> setAside) {
    return JSON.writeValueAsString(map(counts, setAside));
  }

  static String audit(UUID run, Counts counts, Map<String, Long> setAside, String state) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.toString());
    json.put("state", state);
    json.putAll(map(counts, setAside));
    return JSON.writeValueAsString(json);
  }

  private static Map<String, Object> map(Counts counts, Map<String, Long> setAside) {
    Map<String, Long> deleted = new TreeMap<>();
    counts.deleted().forEach((t, n) -> deleted.put(Names.join(t.schema(), t.name()), n));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("total", counts.total());
    json.put("deleted", deleted);
    json.put("updated", counts.updated());
    json.put("set_aside", new TreeMap<>(setAside));
    return json;
  }

  static Counts counts(String report) {
    JsonNode json = JSON.readTree(report);
    Map<TableId, Long> deleted = new TreeMap<>();
    json.path("deleted")
        .properties()
        .forEach(
            e -> {
              List<String> parts = Names.split(e.getKey());
              deleted.put(new TableId(parts.get(0), parts.get(1)), e.getValue().asLong());
            });
    return new Counts(deleted, numbers(json.path("updated")));
  }

  static Map<String, Long> setAside(String report) {
    return numbers(JSON.readTree(report).path("set_aside"));
  }

  private static Map<String, Long> numbers(JsonNode json) {
    Map<String, Long> numbers = new TreeMap<>();
    json.properties().forEach(e -> numbers.put(e.getKey(), e.getValue().asLong()));
    return numbers;
  }
}
