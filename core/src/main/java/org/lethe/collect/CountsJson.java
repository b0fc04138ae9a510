package org.lethe.collect;

import java.util.Map;
import java.util.TreeMap;
import org.lethe.schema.Catalog;
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
}
