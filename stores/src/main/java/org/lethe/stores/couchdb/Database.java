package org.lethe.stores.couchdb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lethe.store.StoreSettings;
import org.lethe.stores.JsonTemplate;
import org.lethe.stores.Template;
import org.lethe.stores.web.Web;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the policy says of one database.
 *
 * @param find a Mango selector; otherwise
 * @param view as {@code design/view}, and
 * @param key what documents of a person have there
 * @param fields what is handed out of documents; empty for all
 */
record Database(
    String name,
    @Nullable JsonTemplate find,
    String view,
    @Nullable JsonTemplate key,
    List<String> fields,
    Treatment treatment) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int PAGE = 200;

  static Database of(StoreSettings settings) {
    String view = settings.optionalText("view").orElse("");
    if (settings.has("find") == !view.isEmpty()) {
      throw settings.fault(
          "find",
          "and view: one of them says whose documents are whose",
          "write find: { field: \"{column}\" }, or view: design/view with a key");
    }
    if (!view.isEmpty() && !view.matches("[^/]+/[^/]+")) {
      throw settings.fault("view", "is no view", "write design/view");
    }
    JsonTemplate find = settings.has("find") ? new JsonTemplate(settings, "find") : null;
    JsonTemplate key = view.isEmpty() ? null : new JsonTemplate(settings, "key");
    Database database =
        new Database(
            settings.text("name"),
            find,
            view,
            key,
            settings.texts("fields"),
            Treatment.of(settings));
    if (database.columns().isEmpty()) {
      throw settings.fault(
          view.isEmpty() ? "find" : "key",
          "says nothing of the person, so it is about everybody",
          "name a column of the subject in braces, such as {customer_id}");
    }
    return database;
  }

  Set<String> columns() {
    JsonTemplate template = find == null ? key : find;
    return template == null ? Set.of() : template.columns();
  }

  String path() {
    return "/" + Web.escape(name);
  }

  String path(String id) {
    // Documents of designs and local ones are named with a slash of their own.
    return path() + "/" + Web.escape(id);
  }

  /** Finds identifiers of documents; the same one may come twice. */
  void find(Couch couch, Map<String, String> values, Consumer<String> found) {
    if (find != null) {
      byMango(couch, find.fill(values, Database::numbersToo), found);
    } else if (key != null) {
      byView(couch, key, values, found);
    }
  }

  private void byMango(Couch couch, JsonNode selector, Consumer<String> found) {
    String bookmark = "";
    for (int skip = 0; ; skip += PAGE) {
      ObjectNode query = JSON.objectNode();
      query.set("selector", selector);
      query.putArray("fields").add("_id");
      query.put("limit", PAGE);
      if (bookmark.isEmpty()) {
        // Servers without bookmarks.
        query.put("skip", skip);
      } else {
        query.put("bookmark", bookmark);
      }
      JsonNode answer = couch.ask("POST", path() + "/_find", query);
      if (!answer.path("docs").isArray()) {
        throw couch.nonsense("has no documents");
      }
      answer.path("docs").forEach(document -> found.accept(id(couch, document.path("_id"))));
      if (answer.path("docs").size() < PAGE) {
        return;
      }
      bookmark = answer.path("bookmark").asString("");
      bookmark = bookmark.equals("nil") ? "" : bookmark;
    }
  }

  private void byView(
      Couch couch, JsonTemplate template, Map<String, String> values, Consumer<String> found) {
    List<JsonNode> keys = new ArrayList<>();
    keys.add(template.fill(values, JsonTemplate.Texts.PLAIN));
    template.fill(
        values,
        (parent, t, text) -> {
          if (t.parts().size() == 1 && isWhole(text)) {
            keys.add(JSON.numberNode(Long.parseLong(text)));
          }
          return JSON.nullNode();
        });
    String path =
        "%s/_design/%s/_view/%s"
            .formatted(
                path(),
                Web.escape(view.substring(0, view.indexOf('/'))),
                Web.escape(view.substring(view.indexOf('/') + 1)));
    ObjectNode query = JSON.objectNode();
    ArrayNode wanted = query.putArray("keys");
    keys.forEach(wanted::add);
    query.put("reduce", false);
    JsonNode rows = couch.ask("POST", path, query).path("rows");
    if (!rows.isArray()) {
      throw couch.nonsense("has no rows");
    }
    rows.forEach(row -> found.accept(id(couch, row.path("id"))));
  }

  /**
   * Documents hold numbers as numbers or as text: a value that may be one is looked for as both.
   */
  private static JsonNode numbersToo(String parent, Template template, String text) {
    boolean field = !parent.startsWith("$") && template.parts().size() == 1;
    if (!field || template.columns().isEmpty() || !isWhole(text)) {
      return JSON.stringNode(text);
    }
    ObjectNode either = JSON.objectNode();
    either.putArray("$in").add(text).add(Long.parseLong(text));
    return either;
  }

  private static boolean isWhole(String text) {
    return text.matches("0|-?[1-9][0-9]{0,15}");
  }

  private static String id(Couch couch, JsonNode id) {
    if (!id.isString()) {
      throw couch.nonsense("has a document without an identifier");
    }
    return id.asString();
  }

  /**
   * All revisions of a document that nothing came after: more than one where there was conflict.
   */
  List<ObjectNode> leaves(Couch couch, String id) {
    return leaves(couch, path(), id);
  }

  /** The same in any database. */
  static List<ObjectNode> leaves(Couch couch, String database, String id) {
    List<ObjectNode> leaves = new ArrayList<>();
    try (var reply = couch.call("GET", database + "/" + Web.escape(id) + "?open_revs=all", null)) {
      if (reply.nothing()) {
        couch.ask("GET", database, null);
        return leaves;
      }
      if (!reply.fine()) {
        throw reply.refusal();
      }
      JsonNode revisions = reply.json();
      if (!revisions.isArray()) {
        throw reply.nonsense("is no list of revisions");
      }
      for (JsonNode revision : revisions) {
        if (revision.path("ok") instanceof ObjectNode leaf
            && !leaf.path("_deleted").asBoolean(false)) {
          leaves.add(leaf);
        }
      }
      return leaves;
    }
  }

  /** Of a document, what may be handed out. */
  Map<String, JsonNode> shown(ObjectNode document) {
    Map<String, JsonNode> shown = new LinkedHashMap<>();
    document
        .properties()
        .forEach(
            p -> {
              String name = p.getKey();
              boolean wanted = fields.isEmpty() || fields.contains(name) || name.equals("_id");
              if (wanted && !name.equals("_attachments") && !name.equals("_revisions")) {
                shown.put(name, p.getValue());
              }
            });
    return shown;
  }
}
