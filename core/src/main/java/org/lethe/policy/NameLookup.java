package org.lethe.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.Names;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * Finds tables and columns by the names of a policy: exact spelling first, then regardless of
 * letter case if that is unambiguous. Names without schema are looked up in the policy's schemas,
 * then along the connection's own search path.
 */
final class NameLookup {

  private final Catalog catalog;
  private final List<String> schemas;

  NameLookup(Catalog catalog, List<String> policySchemas) {
    this.catalog = catalog;
    Set<String> all = new LinkedHashSet<>(policySchemas);
    all.addAll(catalog.searchPath());
    this.schemas = List.copyOf(all);
  }

  /** Finds a table by one part, or by schema and table. */
  Optional<TableId> table(List<String> parts) {
    if (parts.size() == 2) {
      return catalog.find(Names.join(parts.get(0), parts.get(1)));
    }
    return schemas.stream()
        .map(schema -> catalog.find(Names.join(schema, parts.get(0))))
        .flatMap(Optional::stream)
        .findFirst();
  }

  Optional<TableId> table(String name) {
    try {
      List<String> parts = Names.split(name);
      return parts.size() > 2 ? Optional.empty() : table(parts);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The column's name as the database spells it. */
  static Optional<String> column(Table table, String name) {
    if (table.column(name).isPresent()) {
      return Optional.of(name);
    }
    List<String> alike =
        table.columns().stream().map(Column::name).filter(c -> c.equalsIgnoreCase(name)).toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  /** What to write instead of a table's name that was not found. */
  String tableFix(String name) {
    try {
      return tableFix(Names.split(name));
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The same, for a name in parts. */
  String tableFix(List<String> parts) {
    List<String> elsewhere =
        catalog.tables().keySet().stream()
            .filter(id -> id.name().equalsIgnoreCase(parts.get(parts.size() - 1)))
            .map(this::written)
            .toList();
    if (!elsewhere.isEmpty()) {
      return "did you mean " + String.join(" or ", elsewhere) + "?";
    }
    List<String> names =
        catalog.tables().values().stream()
            .filter(t -> t.partitionRoot() == null)
            .map(t -> written(t.id()))
            .toList();
    return Nearest.fix(Names.join(parts.toArray(String[]::new)), names, "the tables");
  }

  /** What to say when the table has no such column. */
  static String columnFix(Table table, String name) {
    return Nearest.fix(name, table.columns().stream().map(Column::name).toList(), "its columns");
  }

  /** The shortest name by which this policy finds the table. */
  String written(TableId id) {
    return table(List.of(id.name())).filter(id::equals).isPresent()
        ? Names.join(id.name())
        : Names.join(id.schema(), id.name());
  }

  /** The same with columns. */
  String written(TableId id, List<String> columns) {
    String table = written(id);
    if (columns.size() == 1) {
      return table + "." + Names.quoteIfNeeded(columns.get(0));
    }
    return table
        + "("
        + String.join(", ", columns.stream().map(Names::quoteIfNeeded).toList())
        + ")";
  }
}
