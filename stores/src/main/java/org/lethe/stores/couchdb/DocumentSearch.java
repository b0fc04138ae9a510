package org.lethe.stores.couchdb;

import java.util.List;
import java.util.Map;
import org.lethe.stores.Mentions;
import org.lethe.stores.web.Reply;
import org.lethe.stores.web.Web;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks for a text in every document of every database: its identifier, also where it is deleted,
 * and of every leaf revision the fields and the attachments.
 */
final class DocumentSearch {

  private final Couch couch;
  private final Mentions found;

  DocumentSearch(Couch couch, String text) {
    this.couch = couch;
    this.found = new Mentions(text);
  }

  List<String> mentions() {
    for (JsonNode name : couch.ask("GET", "/_all_dbs", null)) {
      if (!name.asString("").startsWith("_")) {
        database(name.asString(""));
      }
    }
    return found.places();
  }

  private void database(String name) {
    String path = "/" + Web.escape(name);
    // Unlike the list of all documents, that of all changes names the deleted ones, too.
    for (JsonNode change : couch.ask("GET", path + "/_changes", null).path("results")) {
      String id = change.path("id").asString("");
      String place = "document " + name + "/" + id;
      found.look(place, id);
      if (!change.path("deleted").asBoolean(false)) {
        Database.leaves(couch, path, id).forEach(leaf -> leaf(place, path, id, leaf));
      }
    }
  }

  private void leaf(String place, String path, String id, ObjectNode leaf) {
    found.look(place, JsonMapper.shared().convertValue(leaf, Map.class));
    for (String file : leaf.path("_attachments").propertyNames()) {
      String content =
          "%s/%s/%s?rev=%s"
              .formatted(
                  path,
                  Web.escape(id),
                  Web.escape(file),
                  Web.escape(leaf.path("_rev").asString("")));
      try (Reply reply = couch.call("GET", content, null)) {
        if (reply.fine()) {
          reply.read(
              body -> {
                found.look("attachment %s of %s".formatted(file, place), body);
                return true;
              });
        } else if (!reply.nothing()) {
          throw reply.refusal();
        }
      }
    }
  }
}
