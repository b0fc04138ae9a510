package org.lethe.stores.couchdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.store.StoreException;
import org.lethe.store.StoreSettings;
import org.lethe.stores.web.Reply;
import org.lethe.stores.web.Web;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls to a CouchDB server. Thread-safe. */
final class Couch {

  private final Web web;
  private final Map<String, String> headers = new LinkedHashMap<>();

  Couch(StoreSettings settings) {
    web = new Web(settings, CouchDbStoreFactory.KIND);
    headers.put("Accept", "application/json");
    settings
        .optionalText("user")
        .ifPresent(
            user -> {
              byte[] both = (user + ":" + settings.text("password")).getBytes(UTF_8);
              headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
            });
  }

  String where() {
    return web.where();
  }

  /** Calls whatever comes of it. */
  Reply call(String method, String path, @Nullable JsonNode body) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    if (body != null) {
      all.put("Content-Type", "application/json");
    }
    byte[] bytes = body == null ? new byte[0] : JsonMapper.shared().writeValueAsBytes(body);
    return web.call(method, path, all, bytes);
  }

  /** Calls where only success will do. */
  JsonNode ask(String method, String path, @Nullable JsonNode body) {
    try (Reply reply = call(method, path, body)) {
      if (!reply.fine()) {
        throw reply.refusal();
      }
      return reply.json();
    }
  }

  /** An answer that makes no sense. */
  StoreException nonsense(String what) {
    return new StoreException(where() + " answers what " + what, false);
  }
}
