package org.lethe.subject.export;

import java.time.Instant;
import java.util.List;
import org.lethe.policy.Decisions;
import org.lethe.schema.Table;
import tools.jackson.core.JsonGenerator;

/** A person's data as one JSON object. */
final class Document {

  private final Decisions decisions;
  private final Instant created;
  private final ExportOptions options;

  Document(Decisions decisions, Instant created, ExportOptions options) {
    this.decisions = decisions;
    this.created = created;
    this.options = options;
  }

  /**
   * Writes it.
   *
   * @param filesBeside whether files lie beside it; otherwise they are in it
   */
  void write(JsonGenerator json, Everything all, boolean filesBeside) {
    JsonPart part = new JsonPart(filesBeside);
    json.writeStartObject();
    json.writeStringProperty("format", "lethe-export/1");
    json.writeStringProperty("created", created.toString());
    json.writeBooleanProperty("portable_only", options.portable());
    json.writeName("subject");
    json.writeStartObject();
    json.writeStringProperty("type", all.person().type().name());
    json.writeStringProperty("label", all.person().label());
    Table table = decisions.catalog().table(all.person().type().table());
    json.writeName("key");
    json.writeStartObject();
    for (int i = 0; i < table.identity().size(); i++) {
      json.writeStringProperty(table.identity().get(i), all.person().key().get(i));
    }
    json.writeEndObject();
    json.writeEndObject();
    part.write(json, "tables", all.tables());
    part.write(json, "elsewhere", all.elsewhere());
    json.writeName("unreachable");
    json.writeStartArray();
    for (ExportReport.Unreachable place : all.unreachable()) {
      json.writeStartObject();
      json.writeStringProperty("name", place.name());
      json.writeStringProperty("why", place.why());
      json.writeEndObject();
    }
    json.writeEndArray();
    names(json, "not_asked", all.skipped());
    if (!filesBeside) {
      json.writeName("information");
      json.writePOJO(new Told(new Facts(decisions), all.person().type()).json());
    }
    json.writeEndObject();
  }

  private static void names(JsonGenerator json, String member, List<String> names) {
    json.writeName(member);
    json.writeStartArray();
    names.forEach(json::writeString);
    json.writeEndArray();
  }
}
