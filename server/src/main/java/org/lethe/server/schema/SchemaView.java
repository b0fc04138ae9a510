package org.lethe.server.schema;

import java.util.List;

/**
 * A schema of the database, or all that was found of it.
 *
 * @param relations that begin in its tables
 * @param undecided of these
 */
public record SchemaView(String name, List<TableView> tables, int relations, int undecided) {

  public SchemaView {
    tables = List.copyOf(tables);
  }
}
