package org.lethe.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns foreign keys as declared into relations between whole tables. A partitioned table's key is
 * repeated by the database on every partition, and some schemas declare keys on partitions only;
 * either way one relation per partitioned table is what a person means, as long as all partitions
 * agree. Where they do not, each partition keeps a relation of its own.
 */
final class PartitionFolding {

  private PartitionFolding() {}

  private record Shape(
      TableId child, List<String> columns, TableId target, List<String> targetColumns) {}

  static List<ForeignKeyRelation> relations(Catalog catalog) {
    Map<Shape, List<ForeignKey>> alike = new LinkedHashMap<>();
    for (ForeignKey fk : catalog.foreignKeys()) {
      Shape shape =
          new Shape(
              catalog.whole(fk.table()),
              fk.columns(),
              catalog.whole(fk.target()),
              fk.targetColumns());
      alike.computeIfAbsent(shape, s -> new ArrayList<>()).add(fk);
    }
    List<ForeignKeyRelation> relations = new ArrayList<>();
    alike.forEach((shape, fks) -> relations.addAll(fold(catalog, shape, fks)));
    relations.sort(
        Comparator.comparing(ForeignKeyRelation::name)
            .thenComparing(ForeignKeyRelation::parent)
            .thenComparing(r -> r.foreignKey().name()));
    return List.copyOf(disambiguate(catalog, relations));
  }

  private static List<ForeignKeyRelation> fold(
      Catalog catalog, Shape shape, List<ForeignKey> declared) {
    for (ForeignKey fk : declared) {
      if (fk.table().equals(shape.child()) && fk.target().equals(shape.target())) {
        return List.of(relation(catalog, shape, shape.child(), shape.target(), fk));
      }
    }
    Map<TableId, List<ForeignKey>> byTarget = new LinkedHashMap<>();
    declared.forEach(fk -> byTarget.computeIfAbsent(fk.target(), t -> new ArrayList<>()).add(fk));
    List<ForeignKeyRelation> relations = new ArrayList<>();
    byTarget.forEach(
        (target, fks) -> {
          if (coversEveryPartition(catalog, shape.child(), fks)) {
            relations.add(relation(catalog, shape, shape.child(), target, fks.get(0)));
          } else {
            fks.forEach(fk -> relations.add(relation(catalog, shape, fk.table(), target, fk)));
          }
        });
    return relations;
  }

  private static boolean coversEveryPartition(
      Catalog catalog, TableId child, List<ForeignKey> declared) {
    Set<TableId> holders = new LinkedHashSet<>();
    Set<ForeignKey.Rule> rules = new LinkedHashSet<>();
    for (ForeignKey fk : declared) {
      holders.add(fk.table());
      rules.add(fk.onDelete());
    }
    Table table = catalog.tables().get(child);
    return rules.size() == 1
        && (holders.contains(child)
            || (table != null
                && !table.partitions().isEmpty()
                && holders.containsAll(table.partitions())));
  }

  private static ForeignKeyRelation relation(
      Catalog catalog, Shape shape, TableId childScan, TableId parentScan, ForeignKey fk) {
    String name = catalog.displayName(childScan, shape.columns());
    return new ForeignKeyRelation(name, shape.child(), shape.target(), childScan, parentScan, fk);
  }

  /** Two keys on the same columns are told apart by where they point: {@code a.b -> c}. */
  private static List<ForeignKeyRelation> disambiguate(
      Catalog catalog, List<ForeignKeyRelation> relations) {
    Map<String, Integer> uses = new HashMap<>();
    relations.forEach(r -> uses.merge(r.name(), 1, Integer::sum));
    List<ForeignKeyRelation> result = new ArrayList<>();
    Set<String> taken = new LinkedHashSet<>();
    for (ForeignKeyRelation r : relations) {
      String name = r.name();
      if (uses.getOrDefault(name, 0) > 1) {
        name += " -> " + catalog.displayName(r.parentScan());
        if (!taken.add(name)) {
          name += " (" + r.foreignKey().name() + ")";
        }
      }
      result.add(
          new ForeignKeyRelation(
              name, r.child(), r.parent(), r.childScan(), r.parentScan(), r.foreignKey()));
    }
    return result;
  }
}
