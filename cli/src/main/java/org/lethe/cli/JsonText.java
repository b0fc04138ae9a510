package org.lethe.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON; loaded only when JSON is asked for. */
final class JsonText {

  private static final JsonMapper COMPACT = JsonMapper.builder().build();
  private static final JsonMapper INDENTED =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonText() {}

  static String indented(JsonNode json) {
    return INDENTED.writeValueAsString(json).replace("\r\n", "\n");
  }

  static String line(JsonNode json) {
    return COMPACT.writeValueAsString(json);
  }
}
