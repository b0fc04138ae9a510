package org.lethe.subject.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes a person's data as JSON, row by row. */
final class JsonPart {

  private final boolean filesBeside;

  /**
   * @param filesBeside whether files lie beside the document; otherwise they are in it, as Base64
   */
  JsonPart(boolean filesBeside) {
    this.filesBeside = filesBeside;
  }

  /** Writes {@code "tables": [...]} into an object that is open. */
  void write(JsonGenerator json, String member, List<? extends Section> sections) {
    json.writeName(member);
    json.writeStartArray();
    for (Section section : sections) {
      json.writeStartObject();
      json.writeStringProperty("name", section.name());
      json.writeNumberProperty("count", section.rows());
      json.writeName("rows");
      json.writeStartArray();
      List<Section.Heading> columns = section.columns();
      section.forEach(
          row -> {
            json.writeRaw('\n');
            row(json, columns, row);
          });
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void row(JsonGenerator json, List<Section.Heading> columns, Row row) {
    json.writeStartObject();
    List<String> withheld = new ArrayList<>();
    List<String> meanings = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      Cell cell = row.cells().get(i);
      if (cell instanceof Cell.Absent) {
        continue;
      }
      json.writeName(name);
      if (cell instanceof Cell.Value value) {
        json.writeRawValue(value.json());
      } else if (cell instanceof Cell.Reference reference) {
        json.writeRawValue(reference.json());
        if (reference.meaning() != null) {
          meanings.add(name);
          meanings.add(reference.meaning());
        }
      } else if (cell instanceof Cell.Attached file) {
        file(json, file);
      } else {
        json.writeNull();
        if (cell instanceof Cell.Withheld) {
          withheld.add(name);
        }
      }
    }
    if (!meanings.isEmpty()) {
      json.writeName("_means");
      json.writeStartObject();
      for (int i = 0; i < meanings.size(); i += 2) {
        json.writeStringProperty(meanings.get(i), meanings.get(i + 1));
      }
      json.writeEndObject();
    }
    if (!withheld.isEmpty()) {
      json.writeName("_someone_elses");
      json.writeStartArray();
      withheld.forEach(json::writeString);
      json.writeEndArray();
    }
    if (row.shared()) {
      json.writeBooleanProperty("_shared", true);
    }
    if (row.deleted() != null) {
      json.writeStringProperty("_trash", row.deleted());
    }
    json.writeEndObject();
  }

  private void file(JsonGenerator json, Cell.Attached file) {
    json.writeStartObject();
    json.writeNumberProperty("bytes", file.bytes());
    if (filesBeside) {
      json.writeStringProperty("file", file.path());
    } else {
      json.writeName("base64");
      base64(json, file.content());
    }
    json.writeEndObject();
  }

  private static void base64(JsonGenerator json, Content content) {
    json.writeRawValue("\"");
    OutputStream text =
        new OutputStream() {
          @Override
          public void write(int b) {
            json.writeRaw((char) b);
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            json.writeRaw(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
          }
        };
    try (OutputStream encoded = Base64.getEncoder().wrap(text)) {
      content.writeTo(encoded);
    } catch (IOException e) {
      throw new UncheckedIOException("a file cannot be read", e);
    }
    json.writeRaw('"');
  }
}
