package org.lethe.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction of somebody else's that stays open and holds locks. */
final class Blocking implements AutoCloseable {

  private final TestDatabase database;
  private final Connection connection;

  private Blocking(TestDatabase database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  static Blocking on(TestDatabase database, String sql) throws SQLException {
    Connection connection = database.source().getConnection();
    connection.setAutoCommit(false);
    Blocking blocking = new Blocking(database, connection);
    blocking.run(sql);
    return blocking;
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until some other session of the database waits for a lock. */
  void awaitWaiting() throws InterruptedException {
    awaitWaiting(1);
  }

  void awaitWaiting(int sessions) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      long waiting =
          database.number(
              """
              select count(*) from pg_stat_activity
               where datname = current_database() and wait_event_type = 'Lock'
              """);
      if (waiting >= sessions) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("nobody came to wait for the lock");
  }

  void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
