package org.lethe.schema.reader;

import java.sql.Connection;
import java.sql.SQLException;
import org.lethe.dialect.UnknownEngineException;
import org.lethe.schema.Catalog;

/** Reads the whole schema of one engine in a handful of queries. Stateless. */
public interface CatalogReader {

  /**
   * Reads every user table of the database, whatever its schema; system schemas, Lethe's own and
   * what extensions own are left out. Leaves the connection's transaction state as it was. Needs no
   * right on the tables themselves.
   */
  Catalog read(Connection connection) throws SQLException;

  /**
   * The reader for a connection's engine.
   *
   * @throws UnknownEngineException if Lethe does not know the engine
   */
  static CatalogReader of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    if (product.equals("PostgreSQL")) {
      return new PostgreSqlCatalogReader();
    }
    throw new UnknownEngineException(product);
  }
}
