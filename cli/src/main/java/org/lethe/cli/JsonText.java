package org.lethe.cli;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON; loaded only when JSON is asked for. */
final class JsonText {

  private static final JsonMapper COMPACT = JsonMapper.builder().build();
  private static final JsonMapper INDENTED =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonText() {}

  static String indented(JsonNode json) {
    return INDENTED.writeValueAsString(json).replace("\r\n", "\n");
  }

  static JsonNode read(String json) {
    return COMPACT.readTree(json);
  }

  static String line(JsonNode json) {
    return COMPACT.writeValueAsString(json);
  }

  /** One array, or one object per line. */
  static void print(List<ObjectNode> elements, ReportFormat format, Terminal terminal) {
    if (format == ReportFormat.NDJSON) {
      elements.forEach(e -> terminal.result(line(e)));
    } else {
      terminal.result(indented(JsonNodeFactory.instance.arrayNode().addAll(elements)));
    }
  }

  /** One object, laid out or on one line. */
  static void print(ObjectNode json, ReportFormat format, Terminal terminal) {
    terminal.result(format == ReportFormat.NDJSON ? line(json) : indented(json));
  }
}
