package org.lethe.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lethe.policy.Decision;
import org.lethe.policy.OnDelete;
import org.lethe.policy.Ownership;
import org.lethe.policy.YamlText;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;

/** Relations to people's rows of which nobody said whose the referring rows are. */
final class UndecidedOwners {

  private UndecidedOwners() {}

  static List<Finding> find(PeoplesData data) {
    List<Finding> findings = new ArrayList<>();
    for (Relation relation : data.decisions().graph().relations()) {
      Decision decision = data.decisions().of(relation);
      if (decision.owner() == null && data.reach().reaches(relation.parent())) {
        findings.add(finding(data, decision));
      }
    }
    return findings;
  }

  private static Finding finding(PeoplesData data, Decision decision) {
    Relation relation = decision.relation();
    Ownership taken = data.decisions().ownership(relation);
    String child = data.catalog().displayName(relation.child());
    String until =
        taken == Ownership.MENTIONED
            ? "until then no request finds them by it"
            : "until then they are taken to be that person's alone";
    return Finding.of(
            Code.UNDECIDED_OWNER,
            relation.name(),
            "rows of "
                + data.catalog().displayName(relation.parent())
                + " belong to people, and nobody said whose the rows of "
                + child
                + " are that refer to them; "
                + until,
            fix(decision, taken.name().toLowerCase(Locale.ROOT)))
        .at(data.place(relation));
  }

  private static String fix(Decision decision, String owner) {
    if (decision.relation() instanceof Link) {
      return "owner: " + owner + "   # in its line under links: sole, shared or mentioned";
    }
    String onDelete =
        decision.origin() == Decision.Origin.POLICY
            ? "on_delete: " + word(decision.onDelete()) + ", "
            : "";
    return "relations:\n  "
        + YamlText.scalar(decision.relation().name())
        + ": { "
        + onDelete
        + "owner: "
        + owner
        + " }   # sole, shared or mentioned";
  }

  private static String word(OnDelete onDelete) {
    return onDelete.values().isEmpty() ? onDelete.toString() : "{ " + onDelete + " }";
  }
}
