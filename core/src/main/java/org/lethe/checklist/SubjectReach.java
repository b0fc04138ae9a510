package org.lethe.checklist;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.policy.Ownership;
import org.lethe.policy.SubjectType;
import org.lethe.schema.TableId;

/** Which tables hold rows of which subjects: what a request would look at. */
final class SubjectReach {

  private final Map<String, Set<TableId>> bySubject = new LinkedHashMap<>();
  private final Set<TableId> tables = new LinkedHashSet<>();

  SubjectReach(Decisions decisions) {
    for (SubjectType subject : decisions.data().subjects().values()) {
      Set<TableId> reached =
          decisions
              .graph()
              .reach(List.of(subject.table()), r -> decisions.ownership(r) != Ownership.MENTIONED);
      bySubject.put(subject.name(), reached);
      tables.addAll(reached);
    }
  }

  /** Of any subject, nearest first. */
  Set<TableId> tables() {
    return tables;
  }

  boolean reaches(TableId table) {
    return tables.contains(table);
  }

  /** Whether rows of {@code table} can be found for this subject. */
  boolean reaches(String subject, TableId table) {
    return bySubject.getOrDefault(subject, Set.of()).contains(table);
  }

  /** What the rule for removals suggests: a row that can be without its target only mentions it. */
  static Ownership usual(OnDelete onDelete) {
    return switch (onDelete.kind()) {
      case CASCADE, PROTECT, RESTRICT, UNDECIDED -> Ownership.SOLE;
      case SET_NULL, SET_DEFAULT, SET, REASSIGN, DO_NOTHING -> Ownership.MENTIONED;
    };
  }
}
