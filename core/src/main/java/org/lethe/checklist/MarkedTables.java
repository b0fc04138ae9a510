package org.lethe.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lethe.policy.Decisions;
import org.lethe.policy.FlagColumns;
import org.lethe.policy.OnDelete;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Key;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** What one may not expect of tables whose deleted rows stay and are marked. */
final class MarkedTables {

  private MarkedTables() {}

  static List<Finding> find(Scope scope, Decisions decisions) {
    List<Finding> findings = new ArrayList<>();
    for (Table table : scope.catalog().tables().values()) {
      FlagColumns flag = decisions.trash(table.id()).flag();
      if (flag != null && scope.includes(table.id())) {
        uniqueValues(scope, table, flag, findings);
        goingParents(scope, decisions, table, findings);
      }
    }
    return findings;
  }

  /** A name cannot be given again while a marked row still has it. */
  private static void uniqueValues(
      Scope scope, Table table, FlagColumns flag, List<Finding> findings) {
    Set<String> identity = Set.copyOf(table.identity());
    for (Key key : table.keys()) {
      if (!key.primary() && !identity.equals(Set.copyOf(key.columns()))) {
        findings.add(
            Finding.of(
                Code.UNIQUE_AMONG_MARKED,
                scope.catalog().displayName(table.id(), key.columns()),
                "rows marked as deleted keep their unique values, so nobody else can have them"
                    + " until they are purged",
                "create unique index on %s (%s) where %s; -- and drop %s"
                    .formatted(
                        scope.dialect().quote(table.id()),
                        scope.dialect().quote(key.columns()),
                        flag.isLive(scope.dialect().quote(flag.telling().name())),
                        scope.dialect().quote(key.name()))));
      }
    }
  }

  /** A marked row cannot stay when a row that it refers to really goes. */
  private static void goingParents(
      Scope scope, Decisions decisions, Table table, List<Finding> findings) {
    for (Relation relation : decisions.graph().outOf(table.id())) {
      TableId parent = relation.parent();
      boolean tied =
          relation instanceof ForeignKeyRelation r
              && r.foreignKey().enforced()
              && decisions.of(relation).onDelete().kind() == OnDelete.Kind.CASCADE
              && decisions.trash(parent).flag() == null;
      if (tied) {
        String name = scope.catalog().displayName(parent);
        findings.add(
            Finding.of(
                Code.MARKED_UNDER_ARCHIVED,
                relation.name(),
                "rows of %s really go when the row of %s they refer to goes, and are not marked then"
                    .formatted(scope.catalog().displayName(table.id()), name),
                "let rows of %s be marked too (strategy: flag), or leave it so".formatted(name)));
      }
    }
  }
}
