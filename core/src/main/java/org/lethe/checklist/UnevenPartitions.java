package org.lethe.checklist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * Partitions without a foreign key that others of the same table have. The database lets their rows
 * point nowhere, and where partitions are lists, no relation leads a removal to them.
 */
final class UnevenPartitions {

  private UnevenPartitions() {}

  /** What a key ties, whatever partition it is declared on. */
  private record Shape(
      TableId whole, List<String> columns, TableId target, List<String> targetColumns) {}

  static List<Finding> find(Scope scope) {
    Catalog catalog = scope.catalog();
    Map<Shape, Set<TableId>> holders = new LinkedHashMap<>();
    for (ForeignKey key : catalog.foreignKeys()) {
      Shape shape =
          new Shape(catalog.whole(key.table()), key.columns(), key.target(), key.targetColumns());
      Set<TableId> having = holders.computeIfAbsent(shape, s -> new LinkedHashSet<>());
      having.add(key.table());
      having.addAll(catalog.table(key.table()).partitions());
    }
    List<Finding> findings = new ArrayList<>();
    holders.forEach(
        (shape, having) -> {
          Table whole = catalog.table(shape.whole());
          if (scope.includes(whole.id()) && !having.contains(whole.id())) {
            whole.partitions().stream()
                .filter(leaf -> !having.contains(leaf))
                .forEach(leaf -> findings.add(finding(scope, leaf, shape)));
          }
        });
    return findings;
  }

  private static Finding finding(Scope scope, TableId leaf, Shape shape) {
    Catalog catalog = scope.catalog();
    Dialect dialect = scope.dialect();
    return Finding.of(
        Code.PARTITION_WITHOUT_KEY,
        catalog.displayName(leaf, shape.columns()),
        "other partitions of "
            + catalog.displayName(shape.whole())
            + " refer to "
            + catalog.displayName(shape.target())
            + " by a foreign key, this one does not: nothing keeps its rows from pointing nowhere",
        "alter table "
            + dialect.quote(leaf)
            + " add foreign key ("
            + dialect.quote(shape.columns())
            + ") references "
            + dialect.quote(shape.target())
            + " ("
            + dialect.quote(shape.targetColumns())
            + ");");
  }
}
