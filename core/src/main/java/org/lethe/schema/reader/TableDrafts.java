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
    final Table.Kind kind;
    final boolean hasPartitions;
    final boolean rowSecurity;
    final long estimatedRows;
    final @Nullable String comment;
    final Map<Integer, Column> columns = new LinkedHashMap<>();
    final List<Key> keys = new ArrayList<>();
    final List<Index> indexes = new ArrayList<>();
    final List<Trigger> triggers = new ArrayList<>();
    final List<Draft> parents = new ArrayList<>();
    final List<Draft> children = new ArrayList<>();

    private Draft(
        TableId id,
        Table.Kind kind,
        boolean hasPartitions,
        boolean rowSecurity,
        long estimatedRows,
        @Nullable String comment) {
      this.id = id;
      this.kind = kind;
      this.hasPartitions = hasPartitions;
      this.rowSecurity = rowSecurity;
      this.estimatedRows = estimatedRows;
      this.comment = comment;
    }

    void column(int number, Column column) {
      columns.put(number, column);
    }

    List<String> columnNames(List<Integer> numbers) {
      List<String> names = new ArrayList<>();
      for (int number : numbers) {
        Column column = columns.get(number);
        if (column != null) {
          names.add(column.name());
        }
      }
      return names;
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
        if (child.hasPartitions) {
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

    private long rows() {
      return hasPartitions
          ? leaves().stream().mapToLong(d -> Math.max(0, d.estimatedRows)).sum()
          : estimatedRows;
    }

    private Table table() {
      boolean inherits = !isPartition();
      return new Table(
          id,
          kind,
          List.copyOf(columns.values()),
          keys,
          indexes,
          triggers,
          partitionRoot(),
          hasPartitions ? ids(leaves()) : List.of(),
          inherits ? ids(parents) : List.of(),
          hasPartitions ? List.of() : ids(children),
          rowSecurity,
          rows(),
          comment);
    }
  }

  void add(
      long oid,
      String schema,
      String name,
      Table.Kind kind,
      boolean hasPartitions,
      boolean rowSecurity,
      long estimatedRows,
      @Nullable String comment) {
    byOid.put(
        oid,
        new Draft(
            new TableId(schema, name), kind, hasPartitions, rowSecurity, estimatedRows, comment));
  }

  @Nullable Draft find(long oid) {
    return byOid.get(oid);
  }

  Draft get(long oid) {
    Draft draft = byOid.get(oid);
    if (draft == null) {
      // Each query sees its own moment: a table that was created in between belongs to the next
      // read.
      return new Draft(new TableId("", ""), Table.Kind.TABLE, false, false, -1, null);
    }
    return draft;
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
