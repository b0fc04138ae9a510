package org.lethe.subject.export;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A report of an export as JSON; nothing personal. */
public final class ExportJson {

  private ExportJson() {}

  public static ObjectNode of(ExportReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("created", report.created().toString());
    json.put("complete", report.complete());
    json.put("rows", report.rows());
    ArrayNode people = json.putArray("subjects");
    report.people().forEach(p -> people.add(Manifest.person(p)));
    return json;
  }
}
