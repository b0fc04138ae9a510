package org.lethe.cli;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.lethe.retention.PurgeLimits;
import org.lethe.retention.RuleLimits;
import picocli.CommandLine.Option;

/** How much one run may do; the next goes on. */
final class LimitOptions {

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      description = "begin nothing further once so many rows are gone")
  private @Nullable Long maxRows;

  @Option(
      names = "--max-time",
      paramLabel = "TIME",
      description = "begin nothing further after so long, such as PT5M")
  private @Nullable String maxTime;

  @Option(names = "--rate", paramLabel = "N", description = "rows per second, on average at most")
  private @Nullable Long rate;

  /**
   * For a purge.
   *
   * @param maxDeletions null for any number
   * @throws UsageException if one is no limit
   */
  PurgeLimits purge(@Nullable Long maxDeletions) {
    PurgeLimits none = PurgeLimits.NONE;
    return new PurgeLimits(
        positive("--max-deletions", maxDeletions, none.deletions()),
        positive("--max-rows", maxRows, none.rows()),
        time(none.time()),
        positive("--rate", rate, none.rowsPerSecond()));
  }

  /**
   * For a rule.
   *
   * @param stop asked before each chunk: true ends the run
   * @throws UsageException if one is no limit
   */
  RuleLimits rule(BooleanSupplier stop) {
    RuleLimits none = RuleLimits.NONE;
    return new RuleLimits(
        positive("--max-rows", maxRows, none.rows()),
        time(none.time()),
        positive("--rate", rate, none.rowsPerSecond()),
        stop);
  }

  private Duration time(Duration otherwise) {
    return maxTime == null ? otherwise : Times.duration("--max-time", maxTime);
  }

  private static long positive(String option, @Nullable Long given, long otherwise) {
    if (given != null && given <= 0) {
      throw new UsageException(option + " must be positive");
    }
    return given == null ? otherwise : given;
  }
}
