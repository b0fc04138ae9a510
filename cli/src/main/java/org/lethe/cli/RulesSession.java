package org.lethe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lethe.Lethe;
import org.lethe.policy.Rule;
import org.lethe.retention.Overdue;
import org.lethe.trash.LedgerSchema;

/** The rules of one policy over one database. */
record RulesSession(Session session) {

  static RulesSession open(LetheCommand command) {
    return new RulesSession(Session.open(command));
  }

  Lethe lethe() {
    return session.lethe();
  }

  List<Rule> rules() {
    return lethe().decisions().rules();
  }

  /** Makes Lethe's own tables, or brings them up to date. */
  RulesSession upToDate() {
    LedgerSchema.migrate(session.database());
    return this;
  }

  /** Whether anything could be recorded here; creates nothing. */
  boolean recorded() {
    if (LedgerSchema.exists(session.database())) {
      upToDate();
      return true;
    }
    return false;
  }

  /**
   * The rules by these names, in the policy's order; all where none is named.
   *
   * @throws UsageException if one is not in the policy
   */
  List<Rule> named(List<String> names) {
    names.forEach(this::named);
    return rules().stream().filter(r -> names.isEmpty() || names.contains(r.name())).toList();
  }

  /**
   * The rule by this name.
   *
   * @throws UsageException if it is not in the policy
   */
  Rule named(String name) {
    Optional<Rule> rule = rules().stream().filter(r -> r.name().equals(name)).findFirst();
    List<String> known = rules().stream().map(Rule::name).toList();
    return rule.orElseThrow(
        () ->
            new UsageException(
                known.isEmpty()
                    ? "the policy has no rules"
                    : "the policy has no rule " + name + Suggestions.didYouMean(name, known)));
  }

  /** What should have run long ago, for people. */
  static List<String> warnings(List<Overdue> overdue) {
    List<String> warnings = new ArrayList<>();
    for (Overdue o : overdue) {
      if (o.since() != null) {
        warnings.add(
            (o.task().equals("purge")
                    ? "the purge has not run: something is due since "
                    : o.task() + " has not run to its end since ")
                + Times.minutes(o.since())
                + (o.paused() == null ? "" : "; it is paused: " + OneLine.of(o.paused())));
      }
    }
    String never =
        overdue.stream()
            .filter(o -> o.since() == null && o.paused() == null)
            .map(Overdue::task)
            .collect(Collectors.joining(", "));
    if (!never.isEmpty()) {
      warnings.add("never ran to its end: " + never + "; lethe serve runs what is due");
    }
    return warnings;
  }
}
