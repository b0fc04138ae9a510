package org.lethe.retention;

import java.time.Duration;
import java.util.List;
import org.lethe.collect.Counts;
import org.lethe.execute.DeletionReport;

/** What several rules did that were run together, one after the other. */
public record RoundReport(List<RuleReport> rules) {

  public RoundReport {
    rules = List.copyOf(rules);
  }

  /** All of it in one report. */
  public DeletionReport total() {
    return rules.stream()
        .map(RuleReport::deletion)
        .reduce(new DeletionReport(Counts.NONE, Duration.ZERO, null), DeletionReport::plus);
  }
}
