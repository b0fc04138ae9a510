package org.lethe.bench.report;

import java.util.Collection;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.lethe.bench.Measurement;

/** Figures of several runs, for people. NaN stands for one that is not known. */
final class Figures {

  static final String NONE = "–";

  private Figures() {}

  static double median(Collection<Measurement> runs, Function<Measurement, OptionalDouble> figure) {
    return median(runs.stream().mapToDouble(m -> figure.apply(m).orElse(Double.NaN)).toArray());
  }

  static double work(Collection<Measurement> runs) {
    return median(runs.stream().mapToDouble(Measurement::work).toArray());
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** From the quickest to the slowest. */
  static String spread(Collection<Measurement> runs, ToDoubleFunction<Measurement> figure) {
    return number(runs.stream().mapToDouble(figure).min().orElse(Double.NaN))
        + "…"
        + number(runs.stream().mapToDouble(figure).max().orElse(Double.NaN));
  }

  /** With as many digits as say something. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    String format = value < 1 ? "%.3f" : value < 100 ? "%.2f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }

  static String times(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.2f", value);
  }

  static String whole(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%,.0f", value);
  }
}
