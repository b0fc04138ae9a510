package org.lethe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lethe.Lethe;
import org.lethe.policy.Rule;
import org.lethe.retention.Overdue;
import org.lethe.retention.Pauses;
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

  /**
   * Something that should have run, for people.
   *
   * @param late whether somebody should see to it now
   */
  record Warning(String text, boolean late) {}

  static List<Warning> warnings(List<Overdue> overdue) {
    List<Warning> warnings = new ArrayList<>();
    for (Overdue o : overdue) {
      if (o.since() != null) {
        String text =
            o.task().equals(Pauses.PURGE)
                ? "the purge has not run: something is due since "
                : o.task() + " has not run to its end since ";
        String paused = o.paused() == null ? "" : "; it is paused: " + OneLine.of(o.paused());
        warnings.add(new Warning(text + Times.minutes(o.since()) + paused, o.paused() == null));
      }
    }
    String never =
        overdue.stream()
            .filter(o -> o.since() == null && o.paused() == null)
            .map(Overdue::task)
            .collect(Collectors.joining(", "));
    if (!never.isEmpty()) {
      warnings.add(
          new Warning("never ran to its end: " + never + "; lethe serve runs what is due", false));
    }
    return warnings;
  }
}
