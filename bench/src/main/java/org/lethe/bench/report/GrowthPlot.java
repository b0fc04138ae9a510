package org.lethe.bench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lethe.bench.Measurement;
import org.lethe.bench.Variation;
import org.lethe.bench.Workload;
import org.lethe.bench.data.Flavour;

/**
 * How cost grows with the rows there are: a picture of small plots, one for each workload, both
 * axes logarithmic, so that what grows as the rows do rises by the same slope everywhere.
 */
public final class GrowthPlot {

  /** What a plot is headed by; workloads that are not here are not drawn. */
  private static final Map<Workload, String> TITLES = titles();

  private static final int COLUMNS = 3;

  private GrowthPlot() {}

  private static Map<Workload, String> titles() {
    Map<Workload, String> titles = new LinkedHashMap<>();
    titles.put(Workload.W1, "preview, 1 row in 100");
    titles.put(Workload.W2, "delete, 1 row in 100");
    titles.put(Workload.TRASH, "trash 1 row in 100");
    titles.put(Workload.W3, "delete 1,000 users (≤ a tenth)");
    titles.put(Workload.ONE, "delete one user (median)");
    titles.put(Workload.W5, "purge half of a long table");
    return titles;
  }

  /** The picture, as SVG. */
  public static String svg(List<Measurement> measurements) {
    Map<Workload, List<Measurement>> drawn =
        measurements.stream()
            .filter(m -> m.verdict().right() && m.of().variation() == Variation.NONE)
            .filter(m -> TITLES.containsKey(m.of().workload()))
            .collect(groupingBy(m -> m.of().workload(), LinkedHashMap::new, toList()));
    StringBuilder plots = new StringBuilder();
    LogAxes axes = axes(drawn);
    int at = 0;
    for (Map.Entry<Workload, String> title : TITLES.entrySet()) {
      List<Measurement> of = drawn.getOrDefault(title.getKey(), List.of());
      if (!of.isEmpty()) {
        plots.append(
            "<g transform=\"translate(%d %d)\">"
                .formatted(
                    (at % COLUMNS) * LogAxes.OUTER_WIDTH, (at / COLUMNS) * LogAxes.OUTER_HEIGHT));
        plots.append(axes.frame(title.getKey() + ": " + title.getValue()));
        lines(of).forEach((kind, points) -> plots.append(axes.line(kind, points)));
        plots.append("</g>\n");
        at++;
      }
    }
    int rows = Math.max(1, (at + COLUMNS - 1) / COLUMNS);
    return frame(plots.toString(), rows * LogAxes.OUTER_HEIGHT);
  }

  private static LogAxes axes(Map<Workload, List<Measurement>> drawn) {
    LogAxes axes = new LogAxes();
    drawn.values().forEach(of -> lines(of).values().forEach(points -> points.forEach(axes::cover)));
    return axes;
  }

  /** Seconds by rows for each kind of line; the name of the kind is its class in the style. */
  private static Map<String, SortedMap<Double, Double>> lines(List<Measurement> of) {
    Map<String, Map<Double, List<Measurement>>> runs = new LinkedHashMap<>();
    for (Measurement m : of) {
      kind(m)
          .forEach(
              kind ->
                  runs.computeIfAbsent(kind, k -> new LinkedHashMap<>())
                      .computeIfAbsent(rows(m), r -> new ArrayList<>())
                      .add(m));
    }
    Map<String, SortedMap<Double, Double>> lines = new LinkedHashMap<>();
    runs.forEach(
        (kind, byRows) -> {
          SortedMap<Double, Double> points = new TreeMap<>();
          byRows.forEach((rows, ms) -> points.put(rows, seconds(ms)));
          lines.put(kind, points);
        });
    return lines;
  }

  private static List<String> kind(Measurement m) {
    return switch (m.peer()) {
      case "native" -> List.of("native");
      case "Lethe" ->
          List.of(
              m.of().workload().knowsReferences() && m.of().flavour() == Flavour.NO_ACTION
                  ? "checked"
                  : "lethe");
      default -> List.of();
    };
  }

  private static double rows(Measurement m) {
    return m.of().workload() == Workload.W5
        ? m.of().size().events()
        : m.of().size().users() * 105.0;
  }

  private static double seconds(List<Measurement> runs) {
    double p50 = Figures.median(runs, Measurement::p50);
    return Double.isNaN(p50) ? Figures.work(runs) : p50 / 1000;
  }

  private static String frame(String plots, int height) {
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-labelledby="t" font-family="sans-serif" font-size="11">
        <title id="t">Seconds by rows in the database, for Lethe and for the database's own cascade</title>
        <style>
        text { fill: #333 } .grid { stroke: #ccc; fill: none } polyline { fill: none; stroke-width: 2 } .head { font-weight: bold }
        .native { stroke: #777 } .lethe { stroke: #0a6ebd } .checked { stroke: #0a6ebd; stroke-dasharray: 5 3 }
        circle.native { fill: #777 } circle.lethe, circle.checked { fill: #0a6ebd; stroke-dasharray: none }
        @media (prefers-color-scheme: dark) {
        text { fill: #ddd } .grid { stroke: #555 } .native { stroke: #aaa } .lethe, .checked { stroke: #5db4f5 }
        circle.native { fill: #aaa } circle.lethe, circle.checked { fill: #5db4f5 } }
        </style>
        <g transform="translate(60 16)">
        <polyline class="native" points="0,-4 24,-4"/><text x="30">the database alone</text>
        <polyline class="lethe" points="180,-4 204,-4"/><text x="210">Lethe</text>
        <polyline class="checked" points="290,-4 314,-4"/><text x="320">Lethe, references that do not cascade</text>
        </g>
        <g transform="translate(0 24)">
        %3$s</g>
        </svg>
        """,
        COLUMNS * LogAxes.OUTER_WIDTH + 10,
        height + 30,
        plots);
  }
}
