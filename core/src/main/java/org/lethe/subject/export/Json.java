package org.lethe.subject.export;

import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Values as JSON text, as the database gives them. */
final class Json {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private static final JsonMapper LAID_OUT =
      JSON.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  static JsonGenerator to(OutputStream out) {
    return JSON.createGenerator(out);
  }

  static String laidOut(JsonNode node) {
    return LAID_OUT.writeValueAsString(node).replace("\r\n", "\n") + "\n";
  }

  static String laidOut(String json) {
    return LAID_OUT.writeValueAsString(read(json)).replace("\r\n", "\n");
  }

  static String of(@Nullable Object value) {
    return JSON.writeValueAsString(value);
  }

  static JsonNode read(String json) {
    return JSON.readTree(json);
  }

  static String quote(String text) {
    return JSON.writeValueAsString(text);
  }

  /** The text of a text; anything else as JSON writes it. */
  static String text(String json) {
    if (!json.startsWith("\"")) {
      return json;
    }
    return json.indexOf('\\') < 0
        ? json.substring(1, json.length() - 1)
        : JSON.readValue(json, String.class);
  }

  static boolean number(String json) {
    return !json.isEmpty() && (json.charAt(0) == '-' || Character.isDigit(json.charAt(0)));
  }

  /** Whether it is an object or a list. */
  static boolean compound(String json) {
    return json.startsWith("{") || json.startsWith("[");
  }
}
