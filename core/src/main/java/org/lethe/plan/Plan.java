package org.lethe.plan;

import java.util.List;
import org.lethe.collect.Counts;
import org.lethe.collect.Selection;

/**
 * A selection plus ordered steps: what you approve is what runs. Immutable.
 *
 * @param policyHash of the policy it was made under
 * @param catalogHash of the catalog it was made under
 * @param hash SHA-256 (hex) over everything else; see {@link PlanHash}
 */
public record Plan(
    Selection selection, List<Step> steps, String policyHash, String catalogHash, String hash) {

  public Plan {
    steps = List.copyOf(steps);
  }

  public Counts counts() {
    return selection.counts();
  }
}
