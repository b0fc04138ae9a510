package org.lethe.cli;

import org.lethe.schema.Catalog;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Looks up tables that people name. */
final class TableArgument {

  private TableArgument() {}

  /**
   * @throws UsageException if there is no such table; names those that may have been meant
   */
  static TableId find(String name, Catalog catalog) {
    return catalog
        .find(name)
        .orElseThrow(
            () ->
                new UsageException(
                    catalog.tables().isEmpty()
                        ? "no table " + name + ": the database has no tables at all"
                        : "no table " + name + suggestions(name, catalog)));
  }

  private static String suggestions(String name, Catalog catalog) {
    return Suggestions.didYouMean(
        name,
        catalog.tables().values().stream()
            .filter(t -> t.kind() != Table.Kind.PARTITION)
            .map(t -> catalog.displayName(t.id()))
            .toList());
  }
}
