package org.lethe.collect;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lethe.schema.Catalog;
import org.lethe.schema.Names;
import org.lethe.schema.TableId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Counts as JSON, alike wherever they are printed. Stateless. */
public final class CountsJson {

  private CountsJson() {}

  /**
   * Puts {@code total}, {@code deleted} (by table as people name it) and {@code updated} (by
   * relation) into an object, sorted by name.
   */
  public static void put(ObjectNode json, Counts counts, Catalog catalog) {
    json.put("total", counts.total());
    Map<String, Long> deleted = new TreeMap<>();
    counts.deleted().forEach((table, rows) -> deleted.put(catalog.displayName(table), rows));
    ObjectNode byTable = json.putObject("deleted");
    deleted.forEach((table, rows) -> byTable.put(table, rows));
    ObjectNode byRelation = json.putObject("updated");
    counts.updated().forEach((relation, rows) -> byRelation.put(relation, rows));
  }

  /** The same to be kept and {@link #read} again, whatever the search path is then. */
  public static void keep(ObjectNode json, Counts counts) {
    json.put("total", counts.total());
    ObjectNode byTable = json.putObject("deleted");
    counts.deleted().forEach((t, rows) -> byTable.put(Names.join(t.schema(), t.name()), rows));
    ObjectNode byRelation = json.putObject("updated");
    counts.updated().forEach((relation, rows) -> byRelation.put(relation, rows));
  }

  /** What {@link #keep} kept. */
  public static Counts read(JsonNode json) {
    Map<TableId, Long> deleted = new TreeMap<>();
    numbers(json.path("deleted"))
        .forEach(
            (table, rows) -> {
              List<String> parts = Names.split(table);
              deleted.put(new TableId(parts.get(0), parts.get(1)), rows);
            });
    return new Counts(deleted, numbers(json.path("updated")));
  }

  /** An object of numbers, sorted by name. */
  public static Map<String, Long> numbers(JsonNode json) {
    Map<String, Long> numbers = new TreeMap<>();
    json.properties().forEach(e -> numbers.put(e.getKey(), e.getValue().asLong()));
    return numbers;
  }
}
