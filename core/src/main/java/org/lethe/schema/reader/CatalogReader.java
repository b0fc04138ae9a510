package org.lethe.schema.reader;

import java.sql.Connection;
import java.sql.SQLException;
import org.lethe.schema.Catalog;

/** Reads the whole schema of one engine in a handful of queries. Stateless. */
@SuppressWarnings("DoNotCallSuggester")
public interface CatalogReader {

  /**
   * Reads every user table of the database, whatever its schema; system schemas and Lethe's own are
   * left out. Leaves the connection's transaction state as it was.
   */
  Catalog read(Connection connection) throws SQLException;

  static CatalogReader of(Connection connection) throws SQLException {
    throw new SQLException("stub " + connection);
  }
}
