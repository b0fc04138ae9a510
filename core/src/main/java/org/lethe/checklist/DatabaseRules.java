package org.lethe.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.policy.YamlText;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;

/** Foreign keys whose declaration promises what the database does not, or cannot, keep. */
final class DatabaseRules {

  private DatabaseRules() {}

  static List<Finding> find(Scope scope) {
    List<Finding> findings = new ArrayList<>();
    Dialect dialect = scope.dialect();
    for (ForeignKeyRelation relation : scope.relations()) {
      impossible(scope.catalog(), relation, findings);
      ForeignKey key = relation.foreignKey();
      if (!key.enforced()) {
        findings.add(
            Finding.of(
                Code.NOT_ENFORCED_KEY,
                relation.name(),
                "the key "
                    + key.name()
                    + " is NOT ENFORCED: its rows may point nowhere, and its"
                    + " ON DELETE rule does nothing in the database",
                alter(dialect, key)
                    + "alter constraint "
                    + dialect.quote(key.name())
                    + " enforced;"));
      } else if (!key.validated()) {
        findings.add(
            Finding.of(
                Code.NOT_VALIDATED_KEY,
                relation.name(),
                "the key " + key.name() + " is NOT VALID: rows older than it may point nowhere",
                alter(dialect, key) + "validate constraint " + dialect.quote(key.name()) + ";"));
      }
    }
    return findings;
  }

  static List<Finding> enforcedDoNothing(Scope scope, Decisions decisions) {
    List<Finding> findings = new ArrayList<>();
    for (Relation relation : decisions.graph().relations()) {
      if (decisions.of(relation).onDelete().kind() == OnDelete.Kind.DO_NOTHING
          && scope.includes(relation.child())
          && relation instanceof ForeignKeyRelation declared
          && declared.foreignKey().enforced()) {
        findings.add(
            Finding.of(
                Code.ENFORCED_DO_NOTHING,
                relation.name(),
                "the policy says do_nothing, but the database enforces "
                    + declared.foreignKey().name()
                    + ": a removal with such rows fails unless they go by another relation",
                "relations:\n  " + YamlText.scalar(relation.name()) + ": protect"));
      }
    }
    return findings;
  }

  private static void impossible(
      Catalog catalog, ForeignKeyRelation relation, List<Finding> findings) {
    ForeignKey key = relation.foreignKey();
    Table table = catalog.table(key.table());
    List<Column> refusing =
        key.setColumns().stream()
            .flatMap(c -> table.column(c).stream())
            .filter(c -> refuses(key.onDelete(), c))
            .toList();
    if (refusing.isEmpty()) {
      return;
    }
    boolean nulls = key.onDelete() == ForeignKey.Rule.SET_NULL;
    String names = refusing.stream().map(Column::name).collect(Collectors.joining(", "));
    findings.add(
        Finding.of(
            Code.IMPOSSIBLE_RULE,
            relation.name(),
            "the key "
                + key.name()
                + " says ON DELETE "
                + (nulls ? "SET NULL" : "SET DEFAULT")
                + ", but "
                + names
                + " is "
                + why(refusing.get(0), nulls)
                + ": the database can never do that",
            "relations:\n  "
                + YamlText.scalar(relation.name())
                + ": cascade   # or protect; or let the column be null"));
  }

  private static boolean refuses(ForeignKey.Rule rule, Column column) {
    return switch (rule) {
      case SET_NULL -> !column.nullable() || column.generated();
      case SET_DEFAULT ->
          column.generated() || (!column.nullable() && column.defaultExpression() == null);
      case NO_ACTION, RESTRICT, CASCADE -> false;
    };
  }

  private static String why(Column column, boolean nulls) {
    if (column.generated()) {
      return "generated";
    }
    return nulls ? "NOT NULL" : "NOT NULL without a default";
  }

  private static String alter(Dialect dialect, ForeignKey key) {
    return "alter table " + dialect.quote(key.table()) + " ";
  }
}
