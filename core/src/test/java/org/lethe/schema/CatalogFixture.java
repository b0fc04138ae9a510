package org.lethe.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds catalogs by hand; names are taken as they are, in schema {@code public}. */
public final class CatalogFixture {

  private final Map<TableId, Draft> drafts = new LinkedHashMap<>();
  private final List<ForeignKey> foreignKeys = new ArrayList<>();

  /** Starts or goes on with a table. */
  public Draft table(String name) {
    return table(new TableId("public", name));
  }

  public Draft table(TableId id) {
    return drafts.computeIfAbsent(id, Draft::new);
  }

  public Catalog build() {
    return new Catalog(
        "PostgreSQL",
        "18",
        List.of("public"),
        drafts.values().stream().map(Draft::build).toList(),
        foreignKeys);
  }

  /** A table in the making. */
  public final class Draft {
    private final TableId id;
    private final List<Column> columns = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();
    private final List<TableId> leaves = new ArrayList<>();
    private Table.@Nullable PartitionBy partitionedBy;
    private @Nullable TableId partitionRoot;

    private Draft(TableId id) {
      this.id = id;
    }

    /** Makes this a partitioned table, with leaf partitions in the same schema. */
    public Draft partitions(Table.PartitionBy by, String... names) {
      partitionedBy = by;
      for (String name : names) {
        Draft leaf = table(new TableId(id.schema(), name));
        leaf.partitionRoot = partitionRoot == null ? id : partitionRoot;
        leaves.add(leaf.id);
      }
      return this;
    }

    /** Makes this a table partitioned by list, whose partitions are drafted apart. */
    public Draft partitions(TableId... drafted) {
      partitionedBy = Table.PartitionBy.LIST;
      leaves.addAll(List.of(drafted));
      return this;
    }

    public Draft partitionOf(TableId whole) {
      partitionRoot = whole;
      return this;
    }

    /** Makes this a partition, itself partitioned or not. */
    public Draft partitionOf(String root) {
      partitionRoot = new TableId(id.schema(), root);
      return this;
    }

    /** A primary key column of type integer. */
    public Draft id(String column) {
      return column(column, "integer").key(true, column);
    }

    public Draft column(String name, String type) {
      return add(name, type, false);
    }

    public Draft nullable(String name, String type) {
      return add(name, type, true);
    }

    private Draft add(String name, String type, boolean nullable) {
      Column.TypeKind kind = type.endsWith("[]") ? Column.TypeKind.ARRAY : Column.TypeKind.BASE;
      columns.add(new Column(name, type, kind, nullable, false, Column.Identity.NONE, null, null));
      return this;
    }

    public Draft key(boolean primary, String... names) {
      String name = id.name() + "_key" + keys.size();
      keys.add(new Key(name, List.of(names), primary, false));
      indexes.add(new Index(name, "btree", List.of(names), true, null));
      return this;
    }

    public Draft index(String... parts) {
      return index(new Index("ix" + indexes.size(), "btree", List.of(parts), false, null));
    }

    public Draft index(Index index) {
      indexes.add(index);
      return this;
    }

    /** A foreign key over columns that exist, to the column {@code id} of the target. */
    public Draft references(String column, String target, ForeignKey.Rule rule) {
      return references(List.of(column), new TableId("public", target), List.of("id"), rule);
    }

    public Draft references(
        List<String> names, TableId target, List<String> targetColumns, ForeignKey.Rule rule) {
      String name = id.name() + "_fk" + foreignKeys.size();
      return foreignKey(
          new ForeignKey(
              name,
              id,
              names,
              target,
              targetColumns,
              rule,
              names,
              false,
              false,
              false,
              true,
              true));
    }

    public Draft foreignKey(ForeignKey foreignKey) {
      foreignKeys.add(foreignKey);
      return this;
    }

    /** A column with a foreign key on it, not null, indexed. */
    public Draft belongsTo(String target, String column, ForeignKey.Rule rule) {
      return column(column, "integer").index(column).references(column, target, rule);
    }

    public CatalogFixture fixture() {
      return CatalogFixture.this;
    }

    private Table.Kind kind() {
      if (partitionRoot != null) {
        return Table.Kind.PARTITION;
      }
      return partitionedBy != null ? Table.Kind.PARTITIONED : Table.Kind.TABLE;
    }

    private Table build() {
      return new Table(
          id,
          kind(),
          columns,
          keys,
          indexes,
          List.of(),
          partitionRoot,
          leaves,
          partitionedBy,
          List.of(),
          List.of(),
          false,
          -1,
          null);
    }
  }
}
