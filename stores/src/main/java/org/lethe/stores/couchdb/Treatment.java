package org.lethe.stores.couchdb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.lethe.store.StoreSettings;
import org.lethe.stores.JsonTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What fields of documents become: {@code { "shipping.phone": null }}. A path goes through every
 * element of a list; two backslashes before a dot make it part of a name. Immutable.
 *
 * @param fields values by path; empty where documents go
 */
record Treatment(Map<List<String>, JsonNode> fields) {

  private static final Pattern DOT = Pattern.compile("(?<!\\\\)\\.");

  static Treatment of(StoreSettings settings) {
    Object erase = settings.raw("erase");
    Map<List<String>, JsonNode> fields = new LinkedHashMap<>();
    if (erase == null || erase.equals("delete")) {
      return new Treatment(fields);
    }
    settings
        .part("erase")
        .filter(part -> !part.keys().isEmpty())
        .orElseThrow(
            () ->
                settings.fault(
                    "erase", "changes nothing", "write delete, or { \"a.path\": value }"))
        .keys()
        .forEach(
            path ->
                fields.put(
                    names(path),
                    JsonTemplate.plain(settings.part("erase").orElseThrow().raw(path))));
    return new Treatment(fields);
  }

  private static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    for (String name : DOT.split(path, -1)) {
      names.add(name.replace("\\.", "."));
    }
    return names;
  }

  boolean deletes() {
    return fields.isEmpty();
  }

  /** Changes a document; says whether there was anything to change. */
  boolean apply(ObjectNode document) {
    boolean changed = false;
    for (Map.Entry<List<String>, JsonNode> one : fields.entrySet()) {
      changed |= apply(document, one.getKey(), one.getValue());
    }
    return changed;
  }

  private static boolean apply(JsonNode at, List<String> path, JsonNode value) {
    if (at.isArray()) {
      boolean changed = false;
      for (JsonNode element : at) {
        changed |= apply(element, path, value);
      }
      return changed;
    }
    if (!(at instanceof ObjectNode object) || !object.has(path.get(0))) {
      return false;
    }
    if (path.size() > 1) {
      return apply(object.path(path.get(0)), path.subList(1, path.size()), value);
    }
    if (path.get(0).equals("_attachments")) {
      return object.remove("_attachments") != null;
    }
    if (object.path(path.get(0)).equals(value)) {
      return false;
    }
    object.set(path.get(0), value);
    return true;
  }

  /** Whether a path of a document, such as {@code shipping.phone}, is taken care of. */
  boolean covers(String path) {
    return deletes()
        || fields.keySet().stream()
            .map(names -> String.join(".", names))
            .anyMatch(known -> path.equals(known) || path.startsWith(known + "."));
  }
}
