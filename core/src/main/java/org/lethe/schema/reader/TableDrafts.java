package org.lethe.schema.reader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Column;
import org.lethe.schema.Index;
import org.lethe.schema.Key;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.schema.Trigger;

/** Tables while they are being read, by the number the server knows them by. */
final class TableDrafts {

  private final Map<Long, Draft> byOid = new LinkedHashMap<>();

  static final class Draft {
    final TableId id;
    private final Table.Kind kind;
    private final Table.@Nullable PartitionBy partitionedBy;
    private final boolean rowSecurity;
    private final long estimatedRows;
    private final @Nullable String comment;
    final Map<Integer, Column> columns = new LinkedHashMap<>();
    final List<Key> keys = new ArrayList<>();
    final List<Index> indexes = new ArrayList<>();
    final List<Trigger> triggers = new ArrayList<>();
    private final List<Draft> parents = new ArrayList<>();
    private final List<Draft> children = new ArrayList<>();

    Draft(
        TableId id,
        Table.Kind kind,
        Table.@Nullable PartitionBy partitionedBy,
        boolean rowSecurity,
        long estimatedRows,
        @Nullable String comment) {
      this.id = id;
      this.kind = kind;
      this.partitionedBy = partitionedBy;
      this.rowSecurity = rowSecurity;
      this.estimatedRows = estimatedRows;
      this.comment = comment;
    }

    /**
     * @throws SchemaChangedException if there is none, since a key must never lose a column
     */
    String columnName(int number) {
      Column column = columns.get(number);
      if (column == null) {
        throw new SchemaChangedException(id.toString());
      }
      return column.name();
    }

    List<String> columnNames(List<Integer> numbers) {
      return numbers.stream().map(this::columnName).toList();
    }

    private boolean hasPartitions() {
      return partitionedBy != null;
    }

    private boolean isPartition() {
      return kind == Table.Kind.PARTITION;
    }

    /** The partitioned table at the top of the tree. */
    private @Nullable TableId partitionRoot() {
      Draft top = this;
      while (top.isPartition() && !top.parents.isEmpty()) {
        top = top.parents.get(0);
      }
      return isPartition() ? top.id : null;
    }

    private List<Draft> leaves() {
      List<Draft> leaves = new ArrayList<>();
      for (Draft child : children) {
        if (child.hasPartitions()) {
          leaves.addAll(child.leaves());
        } else {
          leaves.add(child);
        }
      }
      return leaves;
    }

    private static List<TableId> ids(List<Draft> drafts) {
      return drafts.stream().map(d -> d.id).sorted().toList();
    }

    /** A partitioned table has its partitions' rows; unknown only if all of theirs are. */
    private long rows() {
      if (!hasPartitions()) {
        return estimatedRows;
      }
      List<Draft> leaves = leaves();
      return !leaves.isEmpty() && leaves.stream().allMatch(d -> d.estimatedRows < 0)
          ? -1
          : leaves.stream().mapToLong(d -> Math.max(0, d.estimatedRows)).sum();
    }

    private Table table() {
      return new Table(
          id,
          kind,
          List.copyOf(columns.values()),
          keys,
          indexes,
          triggers,
          partitionRoot(),
          hasPartitions() ? ids(leaves()) : List.of(),
          partitionedBy,
          isPartition() ? List.of() : ids(parents),
          hasPartitions() ? List.of() : ids(children),
          rowSecurity,
          rows(),
          comment);
    }
  }

  void add(long oid, Draft draft) {
    byOid.put(oid, draft);
  }

  /**
   * Null for a table that is nobody's own, or that was created since the tables were read: it
   * belongs to the next reading.
   */
  @Nullable Draft find(long oid) {
    return byOid.get(oid);
  }

  void inherits(long child, long parent) {
    Draft of = find(child);
    Draft from = find(parent);
    if (of != null && from != null) {
      of.parents.add(from);
      from.children.add(of);
    }
  }

  List<Table> tables() {
    return byOid.values().stream().map(Draft::table).toList();
  }
}
