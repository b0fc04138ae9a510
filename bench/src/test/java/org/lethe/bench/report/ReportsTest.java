package org.lethe.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.lethe.bench.Case;
import org.lethe.bench.Measurement;
import org.lethe.bench.Variation;
import org.lethe.bench.Workload;
import org.lethe.bench.data.Flavour;
import org.lethe.bench.data.Size;

class ReportsTest {

  private static final Case USUAL =
      new Case(Workload.W2, Size.of("S"), Flavour.CASCADE, Variation.NONE);
  private static final Case CHECKED =
      new Case(Workload.W2, Size.of("S"), Flavour.NO_ACTION, Variation.NONE);
  private static final Case FORCED =
      new Case(Workload.W2, Size.of("S"), Flavour.CASCADE, Variation.FORCED_PLANNER);

  private final List<Measurement> all = new ArrayList<>();

  @Test
  void theMedianCountsAndNativeIsTheMeasureWhateverTheReferences() {
    measured(USUAL, "native", 2.0, 1.0, 9.0);
    measured(CHECKED, "Lethe", 3.0, 5.0, 4.0);
    assertThat(tables())
        .contains("| S | cascade | native | 2.00 | 1.00…9.00 | 1.00 |")
        .contains("| S | no action | Lethe | 4.00 | 3.00…5.00 | 2.00 |");
  }

  @Test
  void whatIsNotAsItShouldBeIsARatioToTheSamePeer() {
    measured(USUAL, "Lethe", 2.0);
    measured(FORCED, "Lethe", 3.0);
    assertThat(tables())
        .contains("| size | references | peer | all is well, s | × forced planner |")
        .contains("| S | cascade | Lethe | 2.00 | 1.50 |");
  }

  @Test
  void columnsOfWhichNothingIsKnownAreLeftOut() {
    measured(USUAL, "Lethe", 2.0);
    assertThat(tables()).doesNotContain("× native").doesNotContain("start s");
  }

  @Test
  void rawLinesHaveAValueForEveryName() {
    measured(USUAL, "Lethe", 2.0);
    List<String> lines = Raw.lines(all);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1).split("\t", -1)).hasSameSizeAs(lines.get(0).split("\t", -1));
  }

  @Test
  void thePictureHasALineForEachKindAndIsXml() throws Exception {
    measured(USUAL, "native", 2.0);
    measured(USUAL, "Lethe", 2.0);
    measured(CHECKED, "Lethe", 4.0);
    String svg = GrowthPlot.svg(all);
    assertThat(svg)
        .contains("<circle class=\"native\"")
        .contains("<circle class=\"lethe\"")
        .contains("<title>1,050,000 rows: 4.00 s</title>");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
  }

  private String tables() {
    Results results = new Results();
    all.forEach(results::add);
    return results.tables();
  }

  private void measured(Case of, String peer, double... seconds) {
    for (int i = 0; i < seconds.length; i++) {
      all.add(
          new Measurement(
              of,
              peer,
              i + 1,
              9,
              seconds[i],
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              7,
              1,
              OptionalDouble.empty(),
              Measurement.Verdict.SAME));
    }
  }
}
