package org.lethe.schema;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as read.
 *
 * @param partitionRoot for a partition, the partitioned table at the top of its tree
 * @param partitions for a partitioned table, its leaf partitions
 * @param partitionedBy how a partitioned table tells its partitions apart; null for any other
 * @param parents the tables it inherits from directly (old-style inheritance, not partitions)
 * @param estimatedRows the database's own estimate; -1 when it has none
 */
public record Table(
    TableId id,
    Kind kind,
    List<Column> columns,
    List<Key> keys,
    List<Index> indexes,
    List<Trigger> triggers,
    @Nullable TableId partitionRoot,
    List<TableId> partitions,
    @Nullable PartitionBy partitionedBy,
    List<TableId> parents,
    List<TableId> children,
    boolean rowSecurity,
    long estimatedRows,
    @Nullable String comment) {

  public Table {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
    indexes = List.copyOf(indexes);
    triggers = List.copyOf(triggers);
    partitions = List.copyOf(partitions);
    parents = List.copyOf(parents);
    children = List.copyOf(children);
  }

  public enum Kind {
    TABLE,
    PARTITIONED,
    PARTITION,
    FOREIGN
  }

  /** Ranges and hashes cut one kind of rows into slices; lists may keep different kinds apart. */
  public enum PartitionBy {
    RANGE,
    LIST,
    HASH
  }

  public Optional<Column> column(String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** Triggers and rules that such a change sets off in an ordinary session. */
  public List<Trigger> triggersOn(Trigger.Event event) {
    return triggers.stream().filter(t -> t.enabled() && t.events().contains(event)).toList();
  }

  public Optional<Key> primaryKey() {
    return keys.stream().filter(Key::primary).findFirst();
  }

  /**
   * The columns that name a row: the primary key, else the shortest immediate unique key without
   * nullable columns, else nothing, and rows are named by their place.
   */
  public List<String> identity() {
    return keys.stream()
        .filter(k -> !k.deferrable())
        .filter(
            k ->
                k.columns().stream().allMatch(c -> column(c).map(x -> !x.nullable()).orElse(false)))
        .min(
            Comparator.comparing((Key k) -> !k.primary())
                .thenComparing(k -> k.columns().size())
                .thenComparing(Key::name))
        .map(Key::columns)
        .orElse(List.of());
  }
}
