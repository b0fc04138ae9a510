package org.lethe.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.lethe.bench.Case;
import org.lethe.bench.Measurement;

/** Measurements as they are, a line each, for whoever wants to reckon or draw. */
public final class Raw {

  private static final List<String> NAMES =
      List.of(
          "workload",
          "size",
          "users",
          "references",
          "variation",
          "peer",
          "run",
          "wall_s",
          "work_s",
          "start_s",
          "p50_ms",
          "p95_ms",
          "statements",
          "wal_mb",
          "memory_mb",
          "result");

  private Raw() {}

  /** The lines, values between tabs, those that are not known empty. */
  public static List<String> lines(List<Measurement> measurements) {
    return Stream.concat(Stream.of(String.join("\t", NAMES)), measurements.stream().map(Raw::line))
        .toList();
  }

  private static String line(Measurement m) {
    Case c = m.of();
    return String.join(
        "\t",
        c.workload().name(),
        c.size().name(),
        Long.toString(c.size().users()),
        c.flavour().name(),
        c.variation().name(),
        m.peer(),
        Integer.toString(m.run()),
        figure(OptionalDouble.of(m.wall())),
        figure(OptionalDouble.of(m.work())),
        figure(m.start()),
        figure(m.p50()),
        figure(m.p95()),
        Long.toString(m.statements()),
        figure(OptionalDouble.of(m.wal())),
        figure(m.memory()),
        m.verdict().name());
  }

  private static String figure(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "";
  }
}
