package org.lethe.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One run of one peer.
 *
 * @param wall seconds of the whole process
 * @param work seconds by the peer's own clock
 * @param start seconds that it needs to start, which are not in its work; empty if that is not
 *     known
 * @param p50 milliseconds of one of many that the work consists of
 * @param statements that the client sent
 * @param wal megabytes that the server logged
 * @param memory peak of the client's process, in megabytes
 * @param verdict whether it did the work right
 */
public record Measurement(
    Case of,
    String peer,
    int run,
    double wall,
    double work,
    OptionalDouble start,
    OptionalDouble p50,
    OptionalDouble p95,
    long statements,
    double wal,
    OptionalDouble memory,
    Verdict verdict) {

  /** Whether the work was done right. */
  public enum Verdict {
    /** As the others did it. */
    SAME,
    /** Something else came out. */
    DIFFERENT,
    /** It did not come to an end. */
    FAILED,
    /** Nobody to compare with. */
    ALONE;

    /** Whether nothing speaks against it. */
    public boolean right() {
      return this == SAME || this == ALONE;
    }
  }

  /** A line to follow along by. */
  @Override
  public String toString() {
    String references = of.workload().knowsReferences() ? ", references " + of.flavour() : "";
    String variation = of.variation() == Variation.NONE ? "" : ", " + of.variation();
    return "%s %s%s%s, run %d: %s %.3f s %s"
        .formatted(
            of.workload(),
            of.size().name(),
            references,
            variation,
            run,
            peer,
            work,
            verdict.name().toLowerCase(Locale.ROOT));
  }
}
