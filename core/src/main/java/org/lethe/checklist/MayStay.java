package org.lethe.checklist;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.lethe.policy.Decision;
import org.lethe.policy.Erasure;
import org.lethe.policy.OnDelete;
import org.lethe.policy.TableRule;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * Tables of people's rows that an erasure may leave where they are, so that only treatments take
 * the person out of them: those it is to anonymise, those that a law keeps, and those that such
 * rows cannot be without.
 */
final class MayStay {

  private final PeoplesData data;
  private final Map<TableId, String> why = new HashMap<>();

  MayStay(PeoplesData data) {
    this.data = data;
    Deque<TableId> queue = new ArrayDeque<>();
    for (Table table : data.reached()) {
      TableRule rule = data.rules().table(table.id());
      String reason =
          rule.erasure() == Erasure.ANONYMISE
              ? "an erasure leaves these rows where they are"
              : rule.retain() != null ? "a law keeps these rows" : null;
      if (reason != null) {
        why.put(table.id(), reason);
        queue.add(table.id());
      }
    }
    while (!queue.isEmpty()) {
      TableId staying = queue.remove();
      for (Relation relation : data.decisions().graph().outOf(staying)) {
        TableId needed = relation.parent();
        if (data.reach().reaches(needed) && needs(relation) && !why.containsKey(needed)) {
          why.put(
              needed,
              "rows of "
                  + data.catalog().displayName(staying)
                  + " may stay, and they need these rows");
          queue.add(needed);
        }
      }
    }
  }

  /** For people; empty where all rows of a person go. */
  Optional<String> why(TableId table) {
    return Optional.ofNullable(why.get(table));
  }

  /** Whether a row that stays keeps its target from going. */
  private boolean needs(Relation relation) {
    Decision decision = data.decisions().of(relation);
    boolean follows =
        switch (decision.onDelete().kind()) {
          case CASCADE, PROTECT, RESTRICT, UNDECIDED -> true;
          case SET_NULL, SET_DEFAULT, SET, REASSIGN, DO_NOTHING -> false;
        };
    return follows && relation instanceof ForeignKeyRelation && mustBe(relation);
  }

  private boolean mustBe(Relation relation) {
    Table child = data.catalog().table(relation.childScan());
    return data.decisions().of(relation).onDelete().kind() != OnDelete.Kind.CASCADE
        || relation.childColumns().stream()
            .flatMap(c -> child.column(c).stream())
            .noneMatch(Column::nullable);
  }
}
