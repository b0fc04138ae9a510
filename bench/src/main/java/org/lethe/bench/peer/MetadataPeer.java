package org.lethe.bench.peer;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.lethe.bench.Workload;
import org.lethe.bench.data.Flavour;

/** A catalog as most tools read it: what the driver says of each table, one after the other. */
final class MetadataPeer implements Peer {

  @Override
  public String name() {
    return "JDBC metadata";
  }

  @Override
  public boolean can(Workload workload, Flavour flavour) {
    return workload == Workload.CATALOG;
  }

  @Override
  public Outcome run(Job job) throws SQLException {
    try (Connection connection = job.database().getConnection()) {
      DatabaseMetaData metadata = connection.getMetaData();
      List<String> tables = new ArrayList<>();
      try (ResultSet rows = metadata.getTables(null, "public", "%", new String[] {"TABLE"})) {
        while (rows.next()) {
          tables.add(rows.getString("TABLE_NAME"));
        }
      }
      for (String table : tables) {
        readThrough(metadata.getColumns(null, "public", table, "%"));
        readThrough(metadata.getPrimaryKeys(null, "public", table));
        readThrough(metadata.getImportedKeys(null, "public", table));
        readThrough(metadata.getIndexInfo(null, "public", table, false, true));
      }
      return Outcome.exported(tables.size());
    }
  }

  private static void readThrough(ResultSet rows) throws SQLException {
    try (rows) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
  }
}
