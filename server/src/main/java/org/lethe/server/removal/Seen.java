package org.lethe.server.removal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.lethe.collect.Selected;
import org.lethe.collect.Selection;
import org.lethe.collect.Updated;
import org.lethe.error.InputException;
import org.lethe.hash.Fingerprint;
import org.lethe.schema.Catalog;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody was shown before they agreed, in short: the page carries it along, and only what is
 * still so is done. Immutable.
 *
 * @param hash over every row that goes or changes
 * @param rows by what people were shown
 */
public record Seen(String hash, Map<String, Long> rows) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Seen {
    rows = Collections.unmodifiableMap(new TreeMap<>(rows));
  }

  static Seen of(Selection selection, Catalog catalog) {
    Fingerprint print = new Fingerprint();
    Map<String, Long> rows = new TreeMap<>();
    for (Selected table : selection.tables()) {
      String name = catalog.displayName(table.table()) + (table.marked() ? " (marked)" : "");
      rows.put(name, table.rows());
      print.add(name).add(Long.toString(table.rows())).add(table.digest());
    }
    for (Updated update : selection.updates()) {
      String name = update.relation().name() + " (" + update.onDelete() + ")";
      rows.put(name, update.rows());
      print.add(name).add(Long.toString(update.rows())).add(update.digest());
    }
    return new Seen(print.hex(), rows);
  }

  String write() {
    ObjectNode json = JSON.createObjectNode();
    json.put("hash", hash);
    ObjectNode counts = json.putObject("rows");
    new TreeMap<>(rows).forEach(counts::put);
    return JSON.writeValueAsString(json);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InputException if it is something else
   */
  public static Seen read(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      Map<String, Long> rows = new TreeMap<>();
      json.path("rows").properties().forEach(e -> rows.put(e.getKey(), e.getValue().asLong(0)));
      return new Seen(json.path("hash").asString(""), rows);
    } catch (JacksonException e) {
      throw new InputException(
          "What was shown before is missing; look at it again before you delete.", e);
    }
  }

  /** What is different now, a sentence each; empty if nothing is. */
  List<String> differences(Seen now) {
    if (hash.equals(now.hash)) {
      return List.of();
    }
    Set<String> names = new LinkedHashSet<>(new TreeMap<>(rows).keySet());
    names.addAll(new TreeMap<>(now.rows).keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      long before = Objects.requireNonNullElse(rows.get(name), 0L);
      long present = Objects.requireNonNullElse(now.rows.get(name), 0L);
      if (before != present) {
        differences.add("%s: %d rows now, %d when you looked".formatted(name, present, before));
      }
    }
    return differences.isEmpty()
        ? List.of("There are as many rows as before, but not the same ones.")
        : differences;
  }
}
