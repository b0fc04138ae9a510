package org.lethe.schema.reader;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection while a catalog is read over it. It searches no schema, so that the server qualifies
 * every type, sequence and function it prints and the result does not depend on who reads; where no
 * transaction is open it also sees one moment only. {@link #close} takes everything back: settings,
 * locks and transaction.
 */
final class PostgreSqlSession implements AutoCloseable {

  private static final String ONE_MOMENT =
      "set transaction isolation level repeatable read, read only";

  private static final String SEARCH_NOTHING = "set local search_path to ''";

  /** Takes a row of a result. */
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final @Nullable Savepoint savepoint;
  private final Statement statement;

  private PostgreSqlSession(
      Connection connection, @Nullable Savepoint savepoint, Statement statement) {
    this.connection = connection;
    this.savepoint = savepoint;
    this.statement = statement;
  }

  /** Begins a transaction or, if there is one already, a savepoint in it. */
  static PostgreSqlSession open(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    if (!connection.getAutoCommit()) {
      return new PostgreSqlSession(connection, connection.setSavepoint(), statement);
    }
    connection.setAutoCommit(false);
    PostgreSqlSession session = new PostgreSqlSession(connection, null, statement);
    try {
      statement.execute(ONE_MOMENT);
      return session;
    } catch (SQLException e) {
      try (session) {
        throw e;
      }
    }
  }

  /** From here on names are printed with their schema. */
  void searchNothing() throws SQLException {
    statement.execute(SEARCH_NOTHING);
  }

  void each(String sql, RowReader reader) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    try (statement) {
      if (savepoint != null) {
        connection.rollback(savepoint);
        connection.releaseSavepoint(savepoint);
        return;
      }
    }
    try {
      connection.rollback();
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
