package org.lethe.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.lethe.bench.Case;
import org.lethe.bench.Measurement;

/**
 * Two builds beside each other: the ratio of their medians, where that ratio lies in 95 of 100
 * samples drawn from the same runs, and whether that is more than chance. Not thread-safe.
 */
public final class Comparison {

  private static final int SAMPLES = 2_000;

  /** Less than this is not worth a word, however sure it is. */
  private static final double WORTH = 0.05;

  /** With fewer runs each way there is nothing to be sure of. */
  private static final int ENOUGH = 4;

  private final String before;
  private final String after;
  private final Map<Case, Map<String, List<Measurement>>> cases = new LinkedHashMap<>();

  /** Of two peers, by name. */
  public Comparison(String before, String after) {
    this.before = before;
    this.after = after;
  }

  /** Adds one; of other peers it is left out. */
  public void add(Measurement m) {
    if (m.peer().equals(before) || m.peer().equals(after)) {
      cases
          .computeIfAbsent(m.of(), c -> new LinkedHashMap<>())
          .computeIfAbsent(m.peer(), p -> new ArrayList<>())
          .add(m);
    }
  }

  /** The table, in Markdown. */
  public String table() {
    List<List<String>> rows = new ArrayList<>();
    cases.forEach(
        (what, peers) -> {
          List<Measurement> old = right(peers.getOrDefault(before, List.of()));
          List<Measurement> now = right(peers.getOrDefault(after, List.of()));
          rows.add(
              old.isEmpty() || now.isEmpty()
                  ? row(what, "–", "–", "–", "–", "–", "cannot be compared")
                  : row(what, old, now));
        });
    return Markdown.table(
        List.of(
            "workload",
            "size",
            "references",
            "before s",
            "after s",
            "after / before",
            "95 of 100",
            "statements",
            "verdict"),
        List.of(false, false, false, true, true, true, false, true, false),
        rows);
  }

  private static List<Measurement> right(List<Measurement> runs) {
    return runs.stream().filter(m -> m.verdict().right()).toList();
  }

  private static List<String> row(Case what, List<Measurement> old, List<Measurement> now) {
    double[] a = figures(old, Comparison::speed);
    double[] b = figures(now, Comparison::speed);
    double ratio = Figures.median(b) / Figures.median(a);
    double[] range = range(a, b);
    double statementsBefore = Figures.median(figures(old, Measurement::statements));
    double statementsAfter = Figures.median(figures(now, Measurement::statements));
    return row(
        what,
        Figures.number(Figures.median(a)),
        Figures.number(Figures.median(b)),
        Figures.times(ratio),
        Figures.times(range[0]) + "…" + Figures.times(range[1]),
        statementsBefore == statementsAfter
            ? Figures.whole(statementsAfter)
            : Figures.whole(statementsBefore) + " → " + Figures.whole(statementsAfter),
        verdict(Math.min(a.length, b.length), ratio, range));
  }

  private static List<String> row(Case what, String... figures) {
    List<String> row = new ArrayList<>();
    row.add(what.workload().name());
    row.add(what.size().name());
    row.add(what.flavour().toString());
    row.addAll(Arrays.asList(figures));
    return row;
  }

  /** Of one among many where that is what people wait for. */
  private static double speed(Measurement m) {
    return m.p50().isPresent() ? m.p50().getAsDouble() / 1000 : m.work();
  }

  static String verdict(int runs, double ratio, double[] range) {
    if (runs < ENOUGH) {
      return "too few runs";
    }
    if (range[0] <= 1 && range[1] >= 1) {
      return "within noise";
    }
    if (Math.abs(ratio - 1) < WORTH) {
      return "no difference worth a word";
    }
    return String.format(
        Locale.ROOT, "**%.0f %% %s**", Math.abs(ratio - 1) * 100, ratio < 1 ? "faster" : "slower");
  }

  /** Where the ratio lies in most samples of these runs; the same for the same runs. */
  static double[] range(double[] before, double[] after) {
    Random random = new Random(1);
    double[] ratios = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      ratios[i] = Figures.median(drawn(after, random)) / Figures.median(drawn(before, random));
    }
    Arrays.sort(ratios);
    return new double[] {ratios[SAMPLES / 40], ratios[SAMPLES - 1 - SAMPLES / 40]};
  }

  private static double[] drawn(double[] from, Random random) {
    return random.ints(from.length, 0, from.length).mapToDouble(i -> from[i]).toArray();
  }

  private static double[] figures(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
    return runs.stream().mapToDouble(figure).toArray();
  }
}
