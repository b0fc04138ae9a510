package org.lethe.schema.reader;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.lethe.dialect.UnknownEngineException;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKey;

/**
 * Reads PostgreSQL 15 and newer from pg_catalog: seven queries, whatever the number of tables.
 * Objects are matched by oid on this side, which is quicker than joining in the server.
 *
 * <p>A foreign key over a PERIOD (18) is read as if its range had to be equal. Rows that lie in a
 * part of the parent's range are then not found, and the server refuses the removal: it fails, but
 * leaves no orphan.
 */
final class PostgreSqlCatalogReader implements CatalogReader {

  private static final int OLDEST = 15;

  private static final String SERVER =
      "select current_setting('server_version'), pg_catalog.current_schemas(false)::text[]";

  /** What the server says of itself and of this session. */
  private static final class Server {
    private String version = "";
    private final List<String> searchPath = new ArrayList<>();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnknownEngineException if the server is too old
   * @throws SchemaChangedException if the caller's transaction saw the schema change on the way
   */
  @Override
  public Catalog read(Connection connection) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST) {
      throw new UnknownEngineException("PostgreSQL " + version);
    }
    TableDrafts drafts = new TableDrafts();
    try (PostgreSqlSession session = PostgreSqlSession.open(connection)) {
      Server server = server(session);
      session.searchNothing();
      PostgreSqlTables.read(session, drafts);
      PostgreSqlKeys.readIndexes(session, drafts);
      List<ForeignKey> foreignKeys = PostgreSqlKeys.readForeignKeys(session, version, drafts);
      PostgreSqlTriggers.read(session, drafts);
      return new Catalog(
          "PostgreSQL", server.version, server.searchPath, drafts.tables(), foreignKeys);
    }
  }

  private static Server server(PostgreSqlSession session) throws SQLException {
    Server server = new Server();
    session.each(
        SERVER,
        row -> {
          server.version = row.getString(1);
          Array path = row.getArray(2);
          server.searchPath.addAll(List.of((String[]) path.getArray()));
        });
    return server;
  }
}
