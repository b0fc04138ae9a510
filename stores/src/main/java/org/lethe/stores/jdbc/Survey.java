package org.lethe.stores.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lethe.store.Shape;

/** Lists the tables of a database, and which of them the policy names. */
final class Survey {

  private Survey() {}

  static List<Shape> of(Connection connection, Set<String> named) throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    boolean schemas = about.supportsSchemasInTableDefinitions();
    List<Shape> shapes = new ArrayList<>();
    try (ResultSet tables =
        about.getTables(
            connection.getCatalog(),
            schemas ? connection.getSchema() : null,
            "%",
            new String[] {"TABLE", "PARTITIONED TABLE", "BASE TABLE"})) {
      while (tables.next()) {
        String table = tables.getString("TABLE_NAME");
        String schema = tables.getString(schemas ? "TABLE_SCHEM" : "TABLE_CAT");
        boolean covered = named.contains(table) || named.contains(schema + "." + table);
        shapes.add(new Shape(table, covered, 1));
      }
    }
    return shapes;
  }
}
