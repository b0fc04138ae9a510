package org.lethe.subject.export;

import java.util.Map;
import org.lethe.policy.Decisions;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Says what is in an archive, so that anybody can check that it is whole. Nothing personal. */
final class Manifest {

  private static final int FORMAT = 1;

  private Manifest() {}

  static ObjectNode of(
      ExportReport report, Archive archive, Decisions decisions, ExportOptions options) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("lethe_export", FORMAT);
    json.put("tool", version());
    json.put("created", report.created().toString());
    // One moment for each person, whatever is written meanwhile.
    json.put("snapshot", "repeatable read, one for each person");
    json.put("policy", decisions.policyHash());
    json.put("catalog", decisions.catalog().hash());
    json.put("portable_only", options.portable());
    json.put("complete", report.complete());
    ArrayNode people = json.putArray("subjects");
    report.people().forEach(p -> people.add(person(p)));
    archive.list(json.putArray("files"));
    return json;
  }

  private static String version() {
    String version = Manifest.class.getPackage().getImplementationVersion();
    return "lethe " + (version == null ? "(not packaged)" : version);
  }

  /** A person's part of the report. */
  static ObjectNode person(ExportReport.OfPerson person) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("subject", person.subject());
    json.put("folder", person.folder());
    counts(json.putObject("rows"), person.rows());
    counts(json.putObject("shared"), person.shared());
    counts(json.putObject("elsewhere"), person.elsewhere());
    json.put("files", person.files());
    ObjectNode leftOut = json.putObject("left_out");
    person.leftOut().forEach(leftOut::put);
    ArrayNode unreachable = json.putArray("unreachable");
    person
        .unreachable()
        .forEach(
            u ->
                unreachable
                    .addObject()
                    .put("name", u.name())
                    .put("why", u.why())
                    .put("records", u.records()));
    return json;
  }

  private static void counts(ObjectNode json, Map<String, Long> counts) {
    counts.forEach(json::put);
  }
}
