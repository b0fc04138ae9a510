package org.lethe.cli;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Counts;
import org.lethe.collect.CountsJson;
import org.lethe.retention.PurgeReport;
import org.lethe.schema.Catalog;
import org.lethe.trash.Conflict;
import org.lethe.trash.Deletion;
import org.lethe.trash.Hold;
import org.lethe.trash.RestoreReport;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The trash as JSON; keys in a fixed order, times in UTC. Loaded only when JSON is asked for. */
final class TrashJson {

  private final Catalog catalog;

  TrashJson(Catalog catalog) {
    this.catalog = catalog;
  }

  private static ArrayNode array(List<ObjectNode> elements) {
    return JsonNodeFactory.instance.arrayNode().addAll(elements);
  }

  ObjectNode deletion(Deletion d, boolean held) {
    ObjectNode json = object();
    json.put("deletion", d.id().toString());
    json.put("deleted_at", d.deletedAt().toString());
    json.put("label", d.label());
    json.put("table", d.rootTable());
    CountsJson.put(json, d.counts(), catalog);
    json.put("actor", d.actor());
    json.put("reason", d.reason());
    json.put("state", TrashText.word(d.state()));
    json.put("keep_until", d.keepUntil().toString());
    json.put("settled_at", text(d.settledAt()));
    json.put("held", held);
    json.put("failure", d.failure());
    return json;
  }

  /**
   * @param restore null for a deletion that is in the trash no more
   */
  ObjectNode shown(Deletion d, List<Hold> holds, @Nullable RestoreReport restore) {
    ObjectNode json = deletion(d, !holds.isEmpty());
    json.set("holds", array(holds.stream().map(TrashJson::hold).toList()));
    if (restore == null) {
      json.putNull("restore");
    } else {
      json.set("restore", restore(restore.counts(), restore.conflicts()));
    }
    return json;
  }

  /** What came back, or nothing and why. */
  ObjectNode restored(UUID deletion, Counts counts, List<Conflict> conflicts) {
    ObjectNode json = object();
    json.put("deletion", deletion.toString());
    json.setAll(restore(counts, conflicts));
    return json;
  }

  private ObjectNode restore(Counts counts, List<Conflict> conflicts) {
    ObjectNode counted = object();
    CountsJson.put(counted, counts, catalog);
    ObjectNode json = object();
    json.set("total", counted.get("total"));
    json.set("restored", counted.get("deleted"));
    json.set("updated", counted.get("updated"));
    json.put("blocked", conflicts.stream().anyMatch(Conflict::blocks));
    json.set("conflicts", array(conflicts.stream().map(TrashJson::conflict).toList()));
    return json;
  }

  private static ObjectNode conflict(Conflict c) {
    ObjectNode json = object();
    json.put("kind", TrashText.word(c.kind()));
    json.put("blocks", c.blocks());
    json.put("subject", c.subject());
    json.put("rows", c.rows());
    json.put("message", c.message());
    ArrayNode deletions = json.putArray("deletions");
    c.deletions().forEach(id -> deletions.add(id.toString()));
    return json;
  }

  static ObjectNode hold(Hold h) {
    ObjectNode json = object();
    json.put("hold", h.id().toString());
    json.put("deletion", h.deletion().toString());
    json.put("label", h.label());
    json.put("reason", h.reason());
    json.put("until", text(h.until()));
    json.put("placed_at", h.placedAt().toString());
    json.put("placed_by", h.placedBy());
    return json;
  }

  /**
   * @param failures why the deletions that were set aside could not be purged
   */
  static ObjectNode purged(PurgeReport report, List<Deletion> failures) {
    ObjectNode json = object();
    ArrayNode purged = json.putArray("purged");
    report.purged().forEach(id -> purged.add(id.toString()));
    json.put("rows", report.rows());
    ArrayNode failed = json.putArray("failed");
    for (Deletion d : failures) {
      failed.addObject().put("deletion", d.id().toString()).put("failure", d.failure());
    }
    json.put("more", report.more());
    return json;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
