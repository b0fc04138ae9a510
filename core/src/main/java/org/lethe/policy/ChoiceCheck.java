package org.lethe.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lethe.error.InputException;
import org.lethe.schema.Relation;

/**
 * Whether what was chosen for one removal can stand in place of the policy: as a rule of the policy
 * it must be possible, and what the policy protects may be handed over, but not deleted along.
 */
final class ChoiceCheck {

  private final Decisions decisions;

  ChoiceCheck(Decisions decisions) {
    this.decisions = decisions;
  }

  /**
   * Looks at all of them.
   *
   * @throws InputException with everything that is wrong
   */
  void check(Choices choices) {
    List<String> wrong = new ArrayList<>();
    choices
        .byRelation()
        .forEach((relation, chosen) -> fault(relation, chosen).ifPresent(wrong::add));
    if (!wrong.isEmpty()) {
      throw new InputException(String.join("; ", wrong));
    }
  }

  private Optional<String> fault(Relation relation, OnDelete chosen) {
    OnDelete said = decisions.of(relation).onDelete();
    if (chosen.kind() != OnDelete.Kind.CASCADE
        && chosen.kind() != OnDelete.Kind.SET_NULL
        && chosen.kind() != OnDelete.Kind.REASSIGN) {
      return Optional.of(
          "%s: %s cannot be chosen for one removal; choose cascade, set_null or reassign"
              .formatted(relation.name(), chosen));
    }
    boolean guarded = said.kind() == OnDelete.Kind.PROTECT || said.kind() == OnDelete.Kind.RESTRICT;
    if (guarded && chosen.kind() != OnDelete.Kind.REASSIGN) {
      return Optional.of(
          "%s: the policy says %s, so its rows can be handed over (reassign), but neither deleted along nor left without"
              .formatted(relation.name(), said));
    }
    Faults faults = new Faults();
    new RuleCheck(decisions.catalog(), faults, Policy.Place.NONE, relation.name())
        .check(relation, chosen);
    return faults.all().isEmpty()
        ? Optional.empty()
        : Optional.of(
            faults.all().stream()
                .map(f -> f.path() + ": " + f.message() + "; " + f.fix())
                .collect(Collectors.joining("; ")));
  }
}
