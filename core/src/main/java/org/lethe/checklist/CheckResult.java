package org.lethe.checklist;

import java.util.List;

/**
 * What a look at everything came to. Immutable.
 *
 * @param findings sorted; those of a baseline are not among them
 * @param known how many more there are that the baseline excuses
 * @param stale what the baseline excuses although it is settled
 * @param failOn what matters enough to stop a build
 */
public record CheckResult(
    List<Finding> findings, int known, List<Baseline.Entry> stale, Severity failOn) {

  public CheckResult {
    findings = List.copyOf(findings);
    stale = List.copyOf(stale);
  }

  /** Without a baseline. */
  public static CheckResult of(List<Finding> findings, Severity failOn) {
    return new CheckResult(findings, 0, List.of(), failOn);
  }

  /** Whether a build should stop. */
  public boolean fails() {
    return findings.stream().anyMatch(f -> f.fails(failOn));
  }
}
