package org.lethe.schema;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The database as read: every user table with its keys, indexes and triggers, and every foreign
 * key. Immutable and safe to share; a snapshot, so read it again after a migration.
 */
public final class Catalog {

  private final String product;
  private final String version;
  private final List<String> searchPath;
  private final Map<TableId, Table> tables;
  private final List<ForeignKey> foreignKeys;
  private final List<ForeignKeyRelation> relations;
  private final String hash;

  /**
   * @param product the engine's own name for itself, such as {@code PostgreSQL}
   * @param searchPath schemas that unqualified names are looked up in, first first
   */
  public Catalog(
      String product,
      String version,
      List<String> searchPath,
      Collection<Table> tables,
      Collection<ForeignKey> foreignKeys) {
    this.product = product;
    this.version = version;
    this.searchPath = List.copyOf(searchPath);
    Map<TableId, Table> sorted = new TreeMap<>();
    tables.forEach(t -> sorted.put(t.id(), t));
    this.tables = Collections.unmodifiableMap(new LinkedHashMap<>(sorted));
    this.foreignKeys = List.copyOf(foreignKeys);
    this.relations = PartitionFolding.relations(this);
    this.hash = CatalogHash.of(this);
  }

  public String product() {
    return product;
  }

  public String version() {
    return version;
  }

  public List<String> searchPath() {
    return searchPath;
  }

  /** All tables, partitions included, sorted by name. */
  public Map<TableId, Table> tables() {
    return tables;
  }

  /** All foreign keys as declared, those on partitions included. */
  public List<ForeignKey> foreignKeys() {
    return foreignKeys;
  }

  /** The foreign keys as relations between the tables people think of; sorted by name. */
  public List<ForeignKeyRelation> relations() {
    return relations;
  }

  /**
   * SHA-256 (hex) over everything that matters to a plan: tables, columns, keys, foreign keys,
   * triggers and row level security; not over estimates, comments, indexes, the server's version or
   * the search path.
   */
  public String hash() {
    return hash;
  }

  /**
   * The table with this id.
   *
   * @throws IllegalArgumentException if there is no such table
   */
  public Table table(TableId id) {
    Table table = tables.get(id);
    if (table == null) {
      throw new IllegalArgumentException("no table " + id + " in the catalog");
    }
    return table;
  }

  /** For a partition the partitioned table at the top of its tree; any other table itself. */
  public TableId whole(TableId id) {
    Table table = tables.get(id);
    return table == null || table.partitionRoot() == null ? id : table.partitionRoot();
  }

  /**
   * The table and every table that inherits from it, itself first: their rows are its rows to
   * whoever asks.
   */
  public List<TableId> withHeirs(TableId id) {
    Set<TableId> found = new LinkedHashSet<>();
    Deque<TableId> queue = new ArrayDeque<>(List.of(id));
    while (!queue.isEmpty()) {
      TableId next = queue.remove();
      if (found.add(next)) {
        queue.addAll(table(next).children());
      }
    }
    return List.copyOf(found);
  }

  /**
   * Finds a table by the name a person wrote: {@code schema.table}, or {@code table} along the
   * search path. Exact spelling first, then regardless of letter case if that is unambiguous.
   */
  public Optional<TableId> find(String name) {
    List<String> parts;
    try {
      parts = Names.split(name);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (parts.size() > 2) {
      return Optional.empty();
    }
    List<String> schemas = parts.size() == 2 ? List.of(parts.get(0)) : searchPath;
    String table = parts.get(parts.size() - 1);
    for (String schema : schemas) {
      TableId id = new TableId(schema, table);
      if (tables.containsKey(id)) {
        return Optional.of(id);
      }
    }
    for (String schema : schemas) {
      List<TableId> alike =
          tables.keySet().stream()
              .filter(t -> t.schema().equalsIgnoreCase(schema) && t.name().equalsIgnoreCase(table))
              .toList();
      if (!alike.isEmpty()) {
        return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The table's name for people and reports: without its schema where that is searched first. */
  public String displayName(TableId id) {
    return !searchPath.isEmpty() && searchPath.get(0).equals(id.schema())
        ? Names.join(id.name())
        : Names.join(id.schema(), id.name());
  }

  /** {@code table.column}, or {@code table(column, column)} for several. */
  public String displayName(TableId id, List<String> columns) {
    if (columns.size() == 1) {
      return displayName(id) + "." + Names.join(columns.get(0));
    }
    return displayName(id)
        + "("
        + String.join(", ", columns.stream().map(Names::quoteIfNeeded).toList())
        + ")";
  }
}
