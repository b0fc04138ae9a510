package org.lethe.checklist.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.lethe.checklist.CheckResult;
import org.lethe.checklist.Code;
import org.lethe.checklist.Finding;
import org.lethe.checklist.Finding.Place;
import org.lethe.checklist.Severity;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The formats that other programs read, with names that would break them. */
class FormatsTest {

  private static final String HOSTILE = "a\"<b>&]]>\u0000\u001b[31m,:%\n::error::x";

  private static final Finding FAULT =
      new Finding(
          Code.POLICY_FAULT,
          Severity.ERROR,
          HOSTILE,
          "100% wrong\nhere",
          "fix: \"it\"",
          new Place("con fig/lethe.yaml", 7, 3));
  private static final Finding WARNING =
      new Finding(
          Code.MISSING_INDEX, Severity.WARNING, "invoice.customer_id", "slow", "create", null);
  private static final Finding NOTE =
      new Finding(Code.LIKELY_LINK, Severity.NOTE, "a.b_id", "maybe", null, null);

  private static final CheckResult RESULT =
      CheckResult.of(List.of(FAULT, WARNING, NOTE), Severity.WARNING);

  @Test
  void sarifHasTheStructureOfItsVersion() {
    JsonNode root = new JsonMapper().readTree(FindingsSarif.render(RESULT));

    assertThat(root.get("version").asString()).isEqualTo("2.1.0");
    assertThat(root.get("$schema").asString()).contains("sarif-2.1.0");
    JsonNode run = root.at("/runs/0");
    JsonNode rules = run.at("/tool/driver/rules");
    assertThat(run.at("/tool/driver/name").asString()).isNotEmpty();
    assertThat(rules.size()).isEqualTo(Code.values().length);
    assertThat(rules.valueStream().map(r -> r.get("id").asString())).doesNotHaveDuplicates();
    assertThat(run.get("results").size()).isEqualTo(3);
    for (JsonNode result : run.get("results")) {
      JsonNode rule = rules.get(result.get("ruleIndex").asInt());
      assertThat(rule.get("id")).isEqualTo(result.get("ruleId"));
      assertThat(rule.at("/shortDescription/text").asString()).isNotEmpty();
      assertThat(result.get("level").asString()).isIn("error", "warning", "note");
      assertThat(result.at("/message/text").asString()).isNotEmpty();
      assertThat(result.at("/partialFingerprints/lethe~1v1").asString()).hasSize(16);
      assertThat(result.at("/locations/0/logicalLocations/0/fullyQualifiedName").isString())
          .isTrue();
    }
    JsonNode physical = run.at("/results/0/locations/0/physicalLocation");
    assertThat(physical.at("/artifactLocation/uri").asString()).isEqualTo("con%20fig/lethe.yaml");
    assertThat(physical.at("/region/startLine").asInt()).isEqualTo(7);
    assertThat(run.at("/results/1/locations/0").has("physicalLocation")).isFalse();
  }

  @Test
  void junitIsWellFormedWhateverNamesHold() throws Exception {
    String text = FindingsJUnit.render(RESULT);

    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    int tests = xml.getElementsByTagName("testcase").getLength();
    assertThat(suite.getAttribute("tests")).isEqualTo(Integer.toString(tests));
    assertThat(tests).isEqualTo(Code.values().length);
    assertThat(suite.getAttribute("failures")).isEqualTo("2");
    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(2);
    assertThat(xml.getElementsByTagName("skipped").getLength()).isEqualTo(1);
    Element fault = (Element) xml.getElementsByTagName("failure").item(0);
    assertThat(fault.getAttribute("type")).isEqualTo("error");
    assertThat(fault.getAttribute("message")).contains("100% wrong");
    assertThat(fault.getTextContent()).isEqualTo("fix: \"it\"");
    Element named = (Element) fault.getParentNode();
    assertThat(named.getAttribute("name")).startsWith("a\"<b>&]]>\uFFFD\uFFFD[31m");
  }

  @Test
  void githubGetsOneCommandPerFindingAndNoOther() {
    List<String> lines = FindingsGitHub.render(RESULT).lines().toList();

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .startsWith("::error file=con fig/lethe.yaml,line=7,col=3,title=lethe policy-fault::a\"<b>")
        .contains("%25%0A::error::x: 100%25 wrong%0Ahere%0Afix");
    assertThat(lines.get(1)).startsWith("::warning title=lethe missing-index::invoice");
    assertThat(lines.get(2)).isEqualTo("::notice title=lethe likely-link::a.b_id: maybe");
  }

  @Test
  void filesAreNamedFromWhereTheCheckRuns() {
    Path here = Path.of("").toAbsolutePath();

    assertThat(Places.uri(here.resolve("x/lethe.yaml").toString())).isEqualTo("x/lethe.yaml");
    assertThat(Places.relative("/elsewhere/lethe.yaml")).isEqualTo("/elsewhere/lethe.yaml");
    assertThat(Places.uri("/else where/lethe.yaml")).isEqualTo("file:///else%20where/lethe.yaml");
  }

  @Test
  void fingerprintsLastWhenWordsAndPlacesChange() {
    Finding moved =
        new Finding(
            FAULT.code(), Severity.NOTE, FAULT.subject(), "other", null, new Place("y", 1, 1));

    assertThat(moved.fingerprint()).isEqualTo(FAULT.fingerprint());
    assertThat(WARNING.fingerprint()).isNotEqualTo(FAULT.fingerprint());
  }
}
