package org.lethe.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lethe.schema.Catalog;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A preview as JSON: {@code total}, {@code deleted}, {@code updated}, {@code blocked}, {@code
 * deletion} (always null: nothing was deleted), {@code roots}, {@code warnings} and, where one was
 * asked for, {@code tree}. Keys come in a fixed order. Labels are raw data. Stateless.
 */
public final class PreviewJson {

  private PreviewJson() {}

  public static ObjectNode of(Preview preview, Catalog catalog) {
    Selection selection = preview.selection();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    CountsJson.put(json, selection.counts(), catalog);
    json.set("blocked", blocked(selection.blockers(), catalog));
    json.putNull("deletion");
    ObjectNode roots = json.putObject("roots");
    roots.put("table", catalog.displayName(selection.roots().table()));
    roots.put("rows", preview.rootRows());
    json.set("warnings", warnings(selection.warnings()));
    if (selection.tables().stream().anyMatch(Selected::marked)) {
      ArrayNode marked = json.putArray("marked");
      selection.tables().stream()
          .filter(Selected::marked)
          .forEach(s -> marked.add(catalog.displayName(s.table())));
    }
    if (!preview.tree().isEmpty()) {
      json.set("tree", nodes(preview.tree(), catalog));
    }
    return json;
  }

  /**
   * The same facts as objects of their own, one per table, relation, blocker and warning, each with
   * its {@code kind}; the last one is the {@code total}. For line by line output.
   */
  public static List<ObjectNode> lines(Preview preview, Catalog catalog) {
    Selection selection = preview.selection();
    List<ObjectNode> lines = new ArrayList<>();
    for (Selected selected : selection.tables()) {
      ObjectNode line = line("deleted", lines);
      line.put("table", catalog.displayName(selected.table()));
      line.put("rows", selected.rows());
      if (selected.marked()) {
        line.put("marked", true);
      }
    }
    for (Updated updated : selection.updates()) {
      ObjectNode line = line("updated", lines);
      line.put("relation", updated.relation().name());
      line.put("on_delete", updated.onDelete().toString());
      line.put("rows", updated.rows());
    }
    blocked(selection.blockers(), catalog)
        .forEach(b -> line("blocked", lines).setAll((ObjectNode) b));
    for (Warning warning : selection.warnings()) {
      line("warning", lines).setAll(warning("warning", warning));
    }
    line("total", lines).put("total", selection.counts().total());
    return lines;
  }

  private static ObjectNode line(String kind, List<ObjectNode> lines) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("kind", kind);
    lines.add(line);
    return line;
  }

  /** What blocks, each with its relation, rule, rows, path and the lines that would decide it. */
  public static ArrayNode blocked(List<Blocker> blockers, Catalog catalog) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Blocker blocker : blockers) {
      ObjectNode entry = json.addObject();
      entry.put("relation", blocker.relation().name());
      entry.put("on_delete", blocker.kind().word());
      entry.put("rows", blocker.rows());
      entry.set("path", path(blocker.path(), catalog));
      entry.put("snippet", blocker.snippet());
      if (blocker.why() != null) {
        entry.put("why", blocker.why());
      }
    }
    return json;
  }

  /** A path from a root: rows, each with the relation by which it hangs on the one before. */
  public static ArrayNode path(List<PathStep> path, Catalog catalog) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (PathStep step : path) {
      ObjectNode entry = row(step.row(), catalog);
      entry.put("relation", step.relation());
      if (step.skipped() > 0) {
        entry.put("skipped", step.skipped());
      }
      json.add(entry);
    }
    return json;
  }

  public static ArrayNode warnings(List<Warning> warnings) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Warning warning : warnings) {
      json.add(warning("kind", warning));
    }
    return json;
  }

  private static ObjectNode warning(String kindName, Warning warning) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(kindName, warning.kind().name().toLowerCase(Locale.ROOT));
    json.put("subject", warning.subject());
    json.put("text", warning.text());
    return json;
  }

  private static ArrayNode nodes(List<TreeNode> nodes, Catalog catalog) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (TreeNode node : nodes) {
      ObjectNode entry = row(node.row(), catalog);
      if (!node.branches().isEmpty()) {
        ArrayNode branches = entry.putArray("branches");
        for (TreeNode.Branch branch : node.branches()) {
          ObjectNode b = branches.addObject();
          b.put("relation", branch.relation());
          b.put("effect", branch.effect().name().toLowerCase(Locale.ROOT));
          b.put("rows", branch.rows());
          b.set("shown", nodes(branch.shown(), catalog));
        }
      }
      json.add(entry);
    }
    return json;
  }

  private static ObjectNode row(Row row, Catalog catalog) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("table", catalog.displayName(row.table()));
    ArrayNode key = json.putArray("key");
    row.key().forEach(key::add);
    json.put("label", row.label());
    return json;
  }
}
