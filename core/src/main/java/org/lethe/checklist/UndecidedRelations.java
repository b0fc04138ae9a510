package org.lethe.checklist;

import java.util.ArrayList;
import java.util.List;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.policy.YamlText;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;

/** Relations that stop every removal because neither the policy nor the database decides. */
final class UndecidedRelations {

  private UndecidedRelations() {}

  static List<Finding> find(Scope scope, Decisions decisions) {
    List<Finding> findings = new ArrayList<>();
    Advisor advisor = new Advisor(scope.catalog());
    for (Relation relation : decisions.graph().relations()) {
      boolean undecided = decisions.of(relation).onDelete().kind() == OnDelete.Kind.UNDECIDED;
      if (undecided && (scope.includes(relation.child()) || scope.includes(relation.parent()))) {
        findings.add(finding(scope.catalog(), advisor, relation));
      }
    }
    return findings;
  }

  /** The best that can be said while the policy has faults: keys that it does not name at all. */
  static List<Finding> notNamed(Scope scope) {
    List<Finding> findings = new ArrayList<>();
    Advisor advisor = new Advisor(scope.catalog());
    for (ForeignKeyRelation relation : scope.relations()) {
      OnDelete byDatabase = OnDelete.of(relation.foreignKey().onDelete());
      boolean open = byDatabase.kind() == OnDelete.Kind.UNDECIDED;
      if (open && !scope.policy().relations().containsKey(relation.name())) {
        findings.add(finding(scope.catalog(), advisor, relation));
      }
    }
    return findings;
  }

  private static Finding finding(Catalog catalog, Advisor advisor, Relation relation) {
    Advice advice = advisor.advise(relation);
    String message =
        "nobody decided what becomes of "
            + catalog.displayName(relation.child())
            + " when a row of "
            + catalog.displayName(relation.parent())
            + " goes; until then such a removal is refused";
    return Finding.of(Code.UNDECIDED_RELATION, relation.name(), message, snippet(relation, advice));
  }

  private static String snippet(Relation relation, Advice advice) {
    return "relations:\n  "
        + YamlText.scalar(relation.name())
        + ": "
        + advice.onDelete()
        + "   # "
        + YamlText.comment(advice.reason() + "; or " + advice.others());
  }
}
