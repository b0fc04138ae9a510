package org.lethe.checklist.report;

import java.util.List;
import org.lethe.checklist.Baseline;
import org.lethe.checklist.CheckResult;
import org.lethe.checklist.Finding;
import org.lethe.checklist.Finding.Place;
import org.lethe.checklist.Severity;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Findings for other programs: {@code {"version": 1, "errors": 1, "warnings": 0, "notes": 0,
 * "known": 0, "findings": [{"code", "severity", "subject", "message", "fix", "place": {"file",
 * "line", "column"}, "fingerprint"}], "stale": [{"fingerprint", "code", "subject"}]}}. Fields are
 * never renamed or dropped within a version; {@code fix} and {@code place} are null where there is
 * none; {@code known} and {@code stale} are about the baseline.
 */
public final class FindingsJson {

  private static final int VERSION = 1;
  private static final JsonMapper MAPPER = new JsonMapper();

  private FindingsJson() {}

  public static String render(CheckResult result) {
    List<Finding> findings = result.findings();
    ObjectNode root = MAPPER.createObjectNode();
    root.put("version", VERSION);
    for (Severity severity : Severity.values()) {
      root.put(
          severity.word() + "s", findings.stream().filter(f -> f.severity() == severity).count());
    }
    root.put("known", result.known());
    ArrayNode list = root.putArray("findings");
    findings.forEach(f -> write(list.addObject(), f));
    ArrayNode stale = root.putArray("stale");
    for (Baseline.Entry entry : result.stale()) {
      ObjectNode node = stale.addObject();
      node.put("fingerprint", entry.fingerprint());
      node.put("code", entry.code());
      node.put("subject", entry.subject());
    }
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void write(ObjectNode node, Finding finding) {
    node.put("code", finding.code().id());
    node.put("severity", finding.severity().word());
    node.put("subject", finding.subject());
    node.put("message", finding.message());
    node.put("fix", finding.fix());
    Place place = finding.place();
    if (place == null) {
      node.putNull("place");
    } else {
      ObjectNode where = node.putObject("place");
      where.put("file", place.file());
      where.put("line", place.line());
      where.put("column", place.column());
    }
    node.put("fingerprint", finding.fingerprint());
  }
}
