package org.lethe.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
 *
 * <p>A partition that declares nothing on those columns agrees if it is a slice, by range or hash,
 * of what the others hold: somebody forgot the key when this month's partition was added, and its
 * rows must not be left behind. In a list it may hold rows of another kind, and does not.
 *
 * <p>A key that is declared twice over, on the same terms, is one relation.
 */
final class PartitionFolding {

  private PartitionFolding() {}

  /** What a key ties, whatever partitions it is declared on. */
  private record Shape(
      TableId child, List<String> columns, TableId target, List<String> targetColumns) {}

  /** What it does: all that matters when rows go. */
  private record Terms(
      ForeignKey.Rule onDelete,
      List<String> setColumns,
      boolean deferrable,
      boolean initiallyDeferred,
      boolean matchFull,
      boolean enforced) {

    static Terms of(ForeignKey fk) {
      return new Terms(
          fk.onDelete(),
          fk.setColumns(),
          fk.deferrable(),
          fk.initiallyDeferred(),
          fk.matchFull(),
          fk.enforced());
    }
  }

  private record Alike(Shape shape, Terms terms) {}

  private static final Comparator<ForeignKeyRelation> ORDER =
      Comparator.comparing(ForeignKeyRelation::name)
          .thenComparing(ForeignKeyRelation::parentScan)
          .thenComparing(r -> r.foreignKey().name());

  static List<ForeignKeyRelation> relations(Catalog catalog) {
    Map<Alike, List<ForeignKey>> alike = new LinkedHashMap<>();
    for (ForeignKey fk : catalog.foreignKeys()) {
      Shape shape =
          new Shape(
              catalog.whole(fk.table()),
              fk.columns(),
              catalog.whole(fk.target()),
              fk.targetColumns());
      alike.computeIfAbsent(new Alike(shape, Terms.of(fk)), a -> new ArrayList<>()).add(fk);
    }
    List<ForeignKeyRelation> relations = new ArrayList<>();
    alike.forEach((group, fks) -> relations.addAll(fold(catalog, group.shape(), fks)));
    relations.sort(ORDER);
    List<ForeignKeyRelation> named = disambiguate(catalog, relations);
    named.sort(ORDER);
    return List.copyOf(named);
  }

  private static List<ForeignKeyRelation> fold(
      Catalog catalog, Shape shape, List<ForeignKey> declared) {
    for (ForeignKey fk : declared) {
      if (fk.table().equals(shape.child()) && fk.target().equals(shape.target())) {
        return List.of(relation(catalog, shape, shape.child(), shape.target(), fk, true));
      }
    }
    Map<TableId, List<ForeignKey>> byTarget = new LinkedHashMap<>();
    declared.forEach(fk -> byTarget.computeIfAbsent(fk.target(), t -> new ArrayList<>()).add(fk));
    List<ForeignKeyRelation> relations = new ArrayList<>();
    byTarget.forEach(
        (target, fks) -> {
          Map<TableId, ForeignKey> holders = holders(catalog, fks);
          Set<TableId> without = leavesWithout(catalog, shape.child(), holders.keySet());
          if (without.isEmpty() || silent(catalog, shape, without)) {
            relations.add(
                relation(catalog, shape, shape.child(), target, fks.get(0), without.isEmpty()));
          } else {
            holders.forEach(
                (table, fk) -> relations.add(relation(catalog, shape, table, target, fk, true)));
          }
        });
    return relations;
  }

  /** One key per table; none where a partitioned table above declares it too. */
  private static Map<TableId, ForeignKey> holders(Catalog catalog, List<ForeignKey> declared) {
    Map<TableId, ForeignKey> holders = new LinkedHashMap<>();
    declared.forEach(fk -> holders.putIfAbsent(fk.table(), fk));
    Set<TableId> below = new HashSet<>();
    holders.keySet().forEach(table -> below.addAll(partitions(catalog, table)));
    holders.keySet().removeAll(below);
    return holders;
  }

  /** The leaf partitions of {@code whole} that none of {@code holders} is or contains. */
  private static Set<TableId> leavesWithout(Catalog catalog, TableId whole, Set<TableId> holders) {
    Set<TableId> without = new LinkedHashSet<>(partitions(catalog, whole));
    without.removeAll(holders);
    holders.forEach(table -> without.removeAll(partitions(catalog, table)));
    return holders.contains(whole) ? Set.of() : without;
  }

  /** Whether these partitions are slices like the others and say nothing about the columns. */
  private static boolean silent(Catalog catalog, Shape shape, Set<TableId> leaves) {
    boolean lists =
        catalog.tables().values().stream()
            .filter(t -> catalog.whole(t.id()).equals(shape.child()))
            .anyMatch(t -> t.partitionedBy() == Table.PartitionBy.LIST);
    return !lists
        && catalog.foreignKeys().stream()
            .filter(fk -> fk.columns().equals(shape.columns()))
            .noneMatch(
                fk ->
                    leaves.contains(fk.table())
                        || !Collections.disjoint(leaves, partitions(catalog, fk.table())));
  }

  private static List<TableId> partitions(Catalog catalog, TableId id) {
    Table table = catalog.tables().get(id);
    return table == null ? List.of() : table.partitions();
  }

  private static ForeignKeyRelation relation(
      Catalog catalog,
      Shape shape,
      TableId childScan,
      TableId parentScan,
      ForeignKey fk,
      boolean everywhere) {
    String name = catalog.displayName(childScan, shape.columns());
    return new ForeignKeyRelation(
        name, shape.child(), shape.target(), childScan, parentScan, fk, everywhere);
  }

  /** Two keys on the same columns are told apart by where they point: {@code a.b -> c}. */
  private static List<ForeignKeyRelation> disambiguate(
      Catalog catalog, List<ForeignKeyRelation> relations) {
    Map<String, Integer> uses = new HashMap<>();
    relations.forEach(r -> uses.merge(r.name(), 1, Integer::sum));
    List<ForeignKeyRelation> result = new ArrayList<>();
    Set<String> taken = new HashSet<>();
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
              name,
              r.child(),
              r.parent(),
              r.childScan(),
              r.parentScan(),
              r.foreignKey(),
              r.everywhere()));
    }
    return result;
  }
}
