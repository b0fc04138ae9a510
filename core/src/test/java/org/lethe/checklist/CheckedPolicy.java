package org.lethe.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.Catalog;

/** What a check says of a first policy: nothing that the first policy could have said itself. */
public final class CheckedPolicy {

  private static final Set<Code> AVOIDABLE =
      EnumSet.of(
          Code.POLICY_FAULT,
          Code.UNDECIDED_RELATION,
          Code.UNDECIDED_OWNER,
          Code.UNCLASSIFIED_SECRET,
          Code.UNREACHED_PERSONAL_DATA,
          Code.COLLIDING_TREATMENT,
          Code.ERASABLE_NOT_EXPORTABLE,
          Code.EXPORTABLE_NOT_ERASABLE,
          Code.KEPT_WITHOUT_GROUND,
          Code.LIKELY_SUBJECT);

  private CheckedPolicy() {}

  /** Reads it back and checks it; returns all findings. */
  public static List<Finding> of(String text, Catalog catalog, Sampler sampler) {
    List<Finding> findings =
        Checklist.run(PolicyReader.read("lethe.yaml", text), catalog, sampler, List.of());
    assertThat(findings).extracting(Finding::code).doesNotContainAnyElementsOf(AVOIDABLE);
    assertThat(findings)
        .filteredOn(f -> f.code() == Code.UNCLASSIFIED_COLUMN)
        .allSatisfy(f -> assertThat(f.message()).contains("it could hold anything"))
        .allSatisfy(
            f ->
                assertThat(text)
                    .contains(
                        "# " + f.subject().replaceFirst(".*[.]", "") + ": { category: none }"));
    return findings;
  }
}
