package org.lethe.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;

/**
 * Finds the tables whose rows can stay, marked, when others go to the trash. A row cannot stay
 * where a foreign key ties it to one that really goes; its table's rows then go to the ledger too.
 */
final class Marking {

  private final Decisions decisions;

  Marking(Decisions decisions) {
    this.decisions = decisions;
  }

  Map<TableId, FlagColumns> with(TableId root) {
    Catalog catalog = decisions.catalog();
    List<TableId> roots = catalog.withHeirs(root).stream().map(catalog::whole).toList();
    Set<TableId> reached =
        decisions
            .graph()
            .reach(roots, r -> decisions.of(r).onDelete().kind() == OnDelete.Kind.CASCADE);
    Map<TableId, FlagColumns> marked = new HashMap<>();
    for (TableId table : reached) {
      FlagColumns flag = decisions.trash(table).flag();
      if (flag != null) {
        marked.put(table, flag);
      }
    }
    Deque<TableId> going = new ArrayDeque<>(reached);
    going.removeIf(marked::containsKey);
    while (!going.isEmpty()) {
      for (Relation relation : decisions.graph().into(going.remove())) {
        boolean tied = relation instanceof ForeignKeyRelation r && r.foreignKey().enforced();
        if (tied && marked.remove(relation.child()) != null) {
          going.add(relation.child());
        }
      }
    }
    return marked;
  }
}
