package org.lethe.checklist.report;

import java.util.List;
import org.lethe.checklist.CheckResult;
import org.lethe.checklist.Code;
import org.lethe.checklist.Finding;
import org.lethe.checklist.Finding.Place;
import org.lethe.checklist.Severity;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Findings in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS). A finding
 * about the database has a logical location, the table or relation; where the policy speaks of it,
 * also that line.
 */
public final class FindingsSarif {

  private static final JsonMapper MAPPER = new JsonMapper();

  private static final List<Code> RULES = List.of(Code.values());

  private FindingsSarif() {}

  public static String render(CheckResult result) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    root.put("version", "2.1.0");
    ObjectNode run = root.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Lethe");
    ArrayNode rules = driver.putArray("rules");
    for (Code code : RULES) {
      ObjectNode rule = rules.addObject();
      rule.put("id", code.id());
      rule.putObject("shortDescription").put("text", code.title());
      rule.putObject("help").put("text", "See \"" + code.id() + "\" in docs/checklist.md.");
      rule.putObject("defaultConfiguration").put("level", level(code.severity()));
    }
    run.put("columnKind", "utf16CodeUnits");
    ArrayNode results = run.putArray("results");
    result.findings().forEach(f -> write(results.addObject(), f));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void write(ObjectNode node, Finding finding) {
    node.put("ruleId", finding.code().id());
    node.put("ruleIndex", RULES.indexOf(finding.code()));
    node.put("level", level(finding.severity()));
    String fix = finding.fix() == null ? "" : "\n\n" + finding.fix();
    node.putObject("message").put("text", finding.subject() + ": " + finding.message() + fix);
    ObjectNode location = node.putArray("locations").addObject();
    Place place = finding.place();
    if (place != null) {
      ObjectNode physical = location.putObject("physicalLocation");
      physical.putObject("artifactLocation").put("uri", Places.uri(place.file()));
      if (place.line() > 0) {
        ObjectNode region = physical.putObject("region");
        region.put("startLine", place.line());
        region.put("startColumn", place.column());
      }
    }
    location
        .putArray("logicalLocations")
        .addObject()
        .put("fullyQualifiedName", finding.subject())
        .put("kind", "member");
    node.putObject("partialFingerprints").put("lethe/v1", finding.fingerprint());
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case NOTE -> "note";
    };
  }
}
