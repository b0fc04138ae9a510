package org.lethe.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a policy. */
final class Faults {

  private final List<PolicyFinding> findings = new ArrayList<>();

  void add(Policy.Place place, String path, String message, @Nullable String fix) {
    findings.add(new PolicyFinding(place.line(), place.column(), path, message, fix));
  }

  void add(PolicyFinding finding) {
    findings.add(finding);
  }

  List<PolicyFinding> all() {
    return List.copyOf(findings);
  }

  /**
   * Ends the work if anything was wrong.
   *
   * @throws PolicyException with all of it
   */
  void throwIfAny(String source) {
    if (!findings.isEmpty()) {
      throw new PolicyException(source, findings);
    }
  }
}
