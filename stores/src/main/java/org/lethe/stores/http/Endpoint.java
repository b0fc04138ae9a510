package org.lethe.stores.http;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.store.StoreSettings;
import org.lethe.stores.JsonTemplate;
import org.lethe.stores.Template;
import org.lethe.stores.web.Reply;
import org.lethe.stores.web.Web;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call that a service understands: {@code { method, path, body, at, answer }}. Immutable.
 *
 * @param at where in the answer the data is
 * @param statusAlone whether the status says all, whatever the body is
 */
record Endpoint(
    String method,
    Template path,
    @Nullable JsonTemplate body,
    JsonPointer at,
    boolean statusAlone) {

  /** The endpoint at a key; nothing where there is none. */
  static Optional<Endpoint> of(StoreSettings settings, String key, String method) {
    return settings.part(key).map(part -> of(part, method));
  }

  private static Endpoint of(StoreSettings part, String method) {
    String path = part.text("path");
    if (!path.startsWith("/")) {
      throw part.fault("path", "does not start with /", "write it as it comes after the address");
    }
    String answer = part.optionalText("answer").orElse("outcome");
    if (!answer.equals("outcome") && !answer.equals("status")) {
      throw part.fault("answer", "is not known", "write outcome or status");
    }
    try {
      return new Endpoint(
          part.optionalText("method").orElse(method),
          Template.of(part, "path", path),
          part.has("body") ? new JsonTemplate(part, "body") : null,
          JsonPointer.compile(part.optionalText("at").orElse("")),
          answer.equals("status"));
    } catch (IllegalArgumentException e) {
      throw part.fault("at", "is no JSON pointer", "write it with / such as /items");
    }
  }

  Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>(path.columns());
    if (body != null) {
      columns.addAll(body.columns());
    }
    return columns;
  }

  /** Whether the path stays what it is with these values: servers take {@code ..} for a way up. */
  boolean takes(Map<String, String> values) {
    return path.columns().stream()
        .map(column -> values.getOrDefault(column, ""))
        .noneMatch(value -> value.equals(".") || value.equals(".."));
  }

  Reply call(Service service, Map<String, String> values, String once) {
    byte[] json =
        body == null
            ? new byte[0]
            : JsonMapper.shared().writeValueAsBytes(body.fill(values, JsonTemplate.Texts.PLAIN));
    return service.call(method, path.fill(values, Web::escape), json, once);
  }
}
