package org.lethe.assertions;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lethe.policy.Decisions;
import org.lethe.policy.Ownership;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;

/** What rows refer to. Immutable. */
record References(Decisions decisions) {

  /** Foreign keys of a table; those of several columns first, since they leave the least choice. */
  List<ForeignKeyRelation> of(TableId table) {
    return decisions.graph().outOf(table).stream()
        .filter(ForeignKeyRelation.class::isInstance)
        .map(ForeignKeyRelation.class::cast)
        .sorted(Comparator.comparing(r -> -r.childColumns().size()))
        .toList();
  }

  /**
   * Columns whose values mean rows elsewhere, so that they cannot be just anything. One that only
   * links by the same value, such as an e-mail address, may be: then it is of somebody new.
   */
  Set<String> bound(TableId table) {
    Set<String> bound = new HashSet<>();
    for (Relation relation : decisions.graph().outOf(table)) {
      if (!(relation instanceof Link link)) {
        bound.addAll(relation.childColumns());
      } else if (link.jsonPath() == null) {
        bound.addAll(link.conditions().keySet());
        if (!link.conditions().isEmpty() || decisions.ownership(link) == Ownership.MENTIONED) {
          bound.addAll(link.childColumns());
        }
      }
    }
    return bound;
  }
}
