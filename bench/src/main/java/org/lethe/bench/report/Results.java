package org.lethe.bench.report;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.lethe.bench.Case;
import org.lethe.bench.Measurement;
import org.lethe.bench.Variation;
import org.lethe.bench.Workload;

/**
 * Measurements as tables: one for each workload, with medians, how far they spread, and ratios to
 * the database's own cascade. Not thread-safe.
 */
public final class Results {

  private static final String NATIVE = "native";

  private record Column(
      String name, boolean number, BiFunction<Case, List<Measurement>, String> figure) {}

  private final List<Column> columns =
      List.of(
          new Column("size", false, (c, runs) -> c.size().name()),
          new Column("references", false, (c, runs) -> references(c)),
          new Column("peer", false, (c, runs) -> runs.get(0).peer()),
          new Column("work s", true, (c, runs) -> Figures.number(Figures.work(runs))),
          new Column("spread", false, (c, runs) -> Figures.spread(runs, Measurement::work)),
          new Column("× native", true, this::ratio),
          new Column(
              "start s",
              true,
              (c, runs) -> Figures.number(Figures.median(runs, Measurement::start))),
          new Column("p50 / p95 ms", true, (c, runs) -> percentiles(runs)),
          new Column(
              "statements",
              true,
              (c, runs) ->
                  Figures.whole(
                      Figures.median(
                          runs.stream().mapToDouble(Measurement::statements).toArray()))),
          new Column(
              "WAL MB",
              true,
              (c, runs) ->
                  Figures.whole(
                      Figures.median(runs.stream().mapToDouble(Measurement::wal).toArray()))),
          new Column(
              "memory MB",
              true,
              (c, runs) -> Figures.whole(Figures.median(runs, Measurement::memory))),
          new Column("result", false, (c, runs) -> verdicts(runs)));

  private final Map<Case, Map<String, List<Measurement>>> cases = new LinkedHashMap<>();

  /** Adds one. */
  public void add(Measurement m) {
    cases
        .computeIfAbsent(m.of(), c -> new LinkedHashMap<>())
        .computeIfAbsent(m.peer(), p -> new ArrayList<>())
        .add(m);
  }

  /** The tables, in Markdown. */
  public String tables() {
    StringBuilder text = new StringBuilder();
    for (Workload workload : Workload.values()) {
      if (cases.keySet().stream().anyMatch(c -> c.workload() == workload)) {
        text.append("\n### %s: %s\n\n".formatted(workload, workload.title()));
        text.append(usual(workload));
        text.append(varied(workload));
      }
    }
    return text.toString();
  }

  private String usual(Workload workload) {
    List<List<String>> rows = new ArrayList<>();
    cases.forEach(
        (c, peers) -> {
          if (c.workload() == workload && c.variation() == Variation.NONE) {
            peers
                .values()
                .forEach(
                    runs ->
                        rows.add(columns.stream().map(k -> k.figure().apply(c, runs)).toList()));
          }
        });
    return Markdown.table(
        columns.stream().map(Column::name).toList(),
        columns.stream().map(Column::number).toList(),
        rows);
  }

  /** What was not as it should be, beside the same peer where all was well. */
  private String varied(Workload workload) {
    List<Variation> variations =
        Arrays.stream(Variation.values())
            .filter(v -> v != Variation.NONE)
            .filter(v -> cases.keySet().stream().anyMatch(c -> c.variation() == v))
            .toList();
    List<List<String>> rows = new ArrayList<>();
    cases.forEach(
        (c, peers) -> {
          if (c.workload() == workload && c.variation() == Variation.NONE) {
            peers.forEach((peer, runs) -> rows.add(varied(c, peer, runs, variations)));
          }
        });
    if (variations.isEmpty() || rows.isEmpty()) {
      return "";
    }
    List<String> names = new ArrayList<>(List.of("size", "references", "peer", "all is well, s"));
    variations.forEach(v -> names.add("× " + v));
    List<Boolean> numbers = new ArrayList<>(List.of(false, false, false, true));
    variations.forEach(v -> numbers.add(true));
    return "\n" + Markdown.table(names, numbers, rows);
  }

  private List<String> varied(
      Case usual, String peer, List<Measurement> runs, List<Variation> variations) {
    double well = Figures.work(runs);
    List<String> row =
        new ArrayList<>(
            List.of(usual.size().name(), references(usual), peer, Figures.number(well)));
    for (Variation variation : variations) {
      List<Measurement> other =
          cases
              .getOrDefault(
                  new Case(usual.workload(), usual.size(), usual.flavour(), variation), Map.of())
              .getOrDefault(peer, List.of());
      row.add(
          other.isEmpty()
              ? Figures.NONE
              : Figures.times(Figures.work(other) / well) + remark(other));
    }
    return row;
  }

  private static String remark(List<Measurement> runs) {
    return runs.stream().allMatch(m -> m.verdict().right()) ? "" : " " + verdicts(runs);
  }

  /** To the database's own cascade of the same rows, whichever references it was measured on. */
  private String ratio(Case what, List<Measurement> runs) {
    double base =
        cases.entrySet().stream()
            .filter(e -> e.getKey().workload() == what.workload())
            .filter(e -> e.getKey().size().equals(what.size()))
            .filter(e -> e.getKey().variation() == Variation.NONE)
            .filter(e -> e.getValue().containsKey(NATIVE))
            .mapToDouble(e -> Figures.work(e.getValue().getOrDefault(NATIVE, List.of())))
            .findFirst()
            .orElse(Double.NaN);
    return Figures.times(Figures.work(runs) / base);
  }

  private static String references(Case what) {
    return what.workload().knowsReferences() ? what.flavour().toString() : Figures.NONE;
  }

  private static String percentiles(List<Measurement> runs) {
    double p50 = Figures.median(runs, Measurement::p50);
    return Double.isNaN(p50)
        ? Figures.NONE
        : Figures.number(p50) + " / " + Figures.number(Figures.median(runs, Measurement::p95));
  }

  private static String verdicts(List<Measurement> runs) {
    List<Measurement.Verdict> all = runs.stream().map(Measurement::verdict).distinct().toList();
    return all.stream()
        // Who came first was alone then, and like itself after that.
        .filter(v -> v != Measurement.Verdict.ALONE || all.size() == 1)
        .map(v -> v.name().toLowerCase(Locale.ROOT))
        .collect(joining(", "));
  }
}
