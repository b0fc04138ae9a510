package org.lethe.stores.couchdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lethe.store.Shape;
import org.lethe.stores.web.Web;
import tools.jackson.databind.JsonNode;

/** Looks at some documents of every database. */
record Survey(Couch couch, List<Database> databases) {

  private static final int SAMPLE = 500;

  List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (JsonNode name : couch.ask("GET", "/_all_dbs", null)) {
      if (!name.asString("").startsWith("_")) {
        add(name.asString(""), shapes);
      }
    }
    return shapes;
  }

  private void add(String name, List<Shape> shapes) {
    Optional<Database> known = databases.stream().filter(d -> d.name().equals(name)).findFirst();
    String path = "/%s/_all_docs?include_docs=true&limit=%d".formatted(Web.escape(name), SAMPLE);
    Map<String, Long> seen = new TreeMap<>();
    for (JsonNode row : couch.ask("GET", path, null).path("rows")) {
      if (!row.path("id").asString("").startsWith("_design/")) {
        collect(row.path("doc"), "", seen);
      }
    }
    seen.forEach(
        (field, count) ->
            shapes.add(
                new Shape(
                    name + " / $." + field,
                    known.map(d -> d.treatment().covers(field)).orElse(false),
                    count)));
  }

  private static void collect(JsonNode at, String path, Map<String, Long> seen) {
    if (at.isObject()) {
      at.properties()
          .forEach(
              p -> {
                if (!path.isEmpty() || !p.getKey().startsWith("_")) {
                  collect(
                      p.getValue(), path.isEmpty() ? p.getKey() : path + "." + p.getKey(), seen);
                }
              });
    } else if (at.isArray()) {
      at.forEach(element -> collect(element, path, seen));
    } else if (!path.isEmpty()) {
      seen.merge(path, 1L, Long::sum);
    }
  }
}
