package org.lethe.stores.http;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.store.StoreSettings;
import org.lethe.stores.web.Reply;
import org.lethe.stores.web.Web;

/** Signed calls to a service. Thread-safe. */
final class Service {

  private final Web web;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final @Nullable Signature signature;

  Service(StoreSettings settings) {
    web = new Web(settings, HttpStoreFactory.KIND);
    settings
        .part("headers")
        .ifPresent(part -> part.keys().forEach(name -> headers.put(name, part.text(name))));
    signature = settings.part("sign").map(s -> new Signature(s, Clock.systemUTC())).orElse(null);
  }

  String where() {
    return web.where();
  }

  /**
   * Calls the service.
   *
   * @param once the same for a repeated call, so that the service can tell; empty where calls
   *     change nothing
   */
  Reply call(String method, String path, byte[] body, String once) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putIfAbsent("Accept", "application/json");
    if (body.length > 0) {
      all.put("Content-Type", "application/json");
    }
    if (!once.isEmpty()) {
      all.put("Idempotency-Key", once);
    }
    if (signature != null) {
      all.putAll(signature.headers(method, web.path(path), body));
    }
    return web.call(method, path, all, body);
  }
}
