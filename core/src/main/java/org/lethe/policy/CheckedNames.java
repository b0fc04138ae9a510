package org.lethe.policy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Catalog;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Looks up tables and columns that a policy names; what points nowhere is a fault. */
final class CheckedNames {

  private final Catalog catalog;
  private final NameLookup names;
  private final Faults faults;

  CheckedNames(Catalog catalog, NameLookup names, Faults faults) {
    this.catalog = catalog;
    this.names = names;
    this.faults = faults;
  }

  /** The table; null if there is none. */
  @Nullable Table table(Policy.Reference written, String path) {
    Optional<TableId> id = names.table(written.name());
    if (id.isEmpty()) {
      faults.add(
          written.place(),
          path,
          "there is no table " + written.name(),
          names.tableFix(written.name()));
      return null;
    }
    return catalog.table(id.get());
  }

  /** The column as the database spells it; null if there is none. */
  @Nullable String column(Table table, Policy.Reference written, String path) {
    Optional<String> column = NameLookup.column(table, written.name());
    if (column.isEmpty()) {
      faults.add(
          written.place(),
          path,
          "the table %s has no column %s"
              .formatted(catalog.displayName(table.id()), written.name()),
          NameLookup.columnFix(table, written.name()));
    }
    return column.orElse(null);
  }

  /** A table in the same schema; null if there is none. */
  @Nullable Table sibling(Table table, String name) {
    return catalog.tables().get(new TableId(table.id().schema(), name));
  }
}
