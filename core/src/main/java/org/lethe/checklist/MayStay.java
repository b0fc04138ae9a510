package org.lethe.checklist;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lethe.policy.Erasure;
import org.lethe.policy.LegalRetention;
import org.lethe.policy.OnDelete;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * Tables of people's rows that an erasure may leave where they are and treat, so that only
 * treatments take the person out of them: those it is to anonymise, and those that rows which are
 * kept cannot be without. Rows that the law keeps stay as they are, and are not among them.
 */
final class MayStay {

  private final PeoplesData data;
  private final Map<TableId, String> treated = new HashMap<>();
  private final Set<TableId> untouched = new HashSet<>();

  MayStay(PeoplesData data) {
    this.data = data;
    for (Table table : data.reached()) {
      LegalRetention retain = data.rules().table(table.id()).retain();
      if (retain != null) {
        untouched.add(table.id());
        untouched.addAll(retain.with());
      }
      if (data.rules().table(table.id()).erasure() == Erasure.ANONYMISE) {
        treated.put(table.id(), "an erasure leaves these rows where they are");
      }
    }
    for (Relation relation : data.decisions().graph().relations()) {
      if (protects(relation) && between(relation)) {
        untouched.add(relation.child());
      }
    }
    spread();
  }

  /** For people; empty where all rows of a person go, or are kept as they are. */
  Optional<String> why(TableId table) {
    return Optional.ofNullable(treated.get(table));
  }

  private void spread() {
    Set<TableId> staying = new HashSet<>(untouched);
    staying.addAll(treated.keySet());
    Deque<TableId> queue = new ArrayDeque<>(staying);
    while (!queue.isEmpty()) {
      TableId child = queue.remove();
      for (Relation relation : data.decisions().graph().outOf(child)) {
        TableId needed = relation.parent();
        if (needs(relation) && between(relation)) {
          treated.putIfAbsent(
              needed,
              "rows of "
                  + data.catalog().displayName(child)
                  + " may stay, and they need these rows");
          if (staying.add(needed)) {
            queue.add(needed);
          }
        }
      }
    }
  }

  private boolean between(Relation relation) {
    return data.reach().reaches(relation.parent()) && data.reach().reaches(relation.child());
  }

  /** Whether a row that stays keeps its target from going. */
  private boolean needs(Relation relation) {
    boolean enforced = relation instanceof ForeignKeyRelation r && r.foreignKey().enforced();
    boolean letsGo =
        switch (data.decisions().of(relation).onDelete().kind()) {
          case SET_NULL, SET_DEFAULT, SET, REASSIGN -> true;
          case CASCADE, PROTECT, RESTRICT, DO_NOTHING, UNDECIDED -> false;
        };
    return (enforced || protects(relation)) && (!letsGo || untouched.contains(relation.child()));
  }

  private boolean protects(Relation relation) {
    return data.decisions().of(relation).onDelete().kind() == OnDelete.Kind.PROTECT;
  }
}
