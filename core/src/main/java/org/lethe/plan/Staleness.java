package org.lethe.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Selection;
import org.lethe.policy.Decisions;

/** Tells whether what was approved is what would run now. */
public final class Staleness {

  private final Decisions decisions;
  private final Plan approved;
  private final Tolerance tolerance;

  public Staleness(Decisions decisions, Plan approved, Tolerance tolerance) {
    this.decisions = decisions;
    this.approved = approved;
    this.tolerance = tolerance;
  }

  /**
   * Refuses a plan made under another policy or schema, before anything is collected.
   *
   * @throws StalePlanException if so
   */
  public void refuseOtherGround() {
    List<String> differences = new ArrayList<>();
    if (!approved.policyHash().equals(decisions.policyHash())) {
      differences.add("the policy has changed");
    }
    if (!approved.catalogHash().equals(decisions.catalog().hash())) {
      differences.add("the database's schema has changed");
    }
    refuse(differences);
  }

  /**
   * Refuses other rows than those approved.
   *
   * @param found with digests
   * @throws StalePlanException if they differ by more than the tolerance
   */
  public void refuseOtherRows(Selection found) {
    Map<String, Fingerprint> before = fingerprints(approved.selection());
    Map<String, Fingerprint> now = fingerprints(found);
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(now.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      Fingerprint planned = before.getOrDefault(name, Fingerprint.NOTHING);
      Fingerprint present = now.getOrDefault(name, Fingerprint.NOTHING);
      if (Math.abs(planned.rows() - present.rows()) > tolerance.rows()) {
        differences.add(
            "%s has %d rows instead of %d".formatted(name, present.rows(), planned.rows()));
      } else if (tolerance.rows() == 0 && !Objects.equals(planned.digest(), present.digest())) {
        differences.add("%s has as many rows as planned, but others".formatted(name));
      }
    }
    refuse(differences);
  }

  private record Fingerprint(long rows, @Nullable String digest) {
    static final Fingerprint NOTHING = new Fingerprint(0, null);
  }

  private Map<String, Fingerprint> fingerprints(Selection selection) {
    Map<String, Fingerprint> byName = new LinkedHashMap<>();
    selection
        .tables()
        .forEach(
            t ->
                byName.put(
                    decisions.catalog().displayName(t.table()),
                    new Fingerprint(t.rows(), t.digest())));
    selection
        .updates()
        .forEach(
            u ->
                byName.put(
                    "the update over " + u.relation().name(),
                    new Fingerprint(u.rows(), u.digest())));
    return byName;
  }

  private static void refuse(List<String> differences) {
    if (!differences.isEmpty()) {
      throw new StalePlanException(differences);
    }
  }
}
