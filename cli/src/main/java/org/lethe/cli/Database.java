package org.lethe.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The database of one run: connections that an interruption can reach. Thread-safe. */
final class Database extends DelegatingDataSource implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final DatabaseUrl url;
  private final Interruption interruption;
  private final Set<Connection> opened = ConcurrentHashMap.newKeySet();

  Database(DatabaseUrl url, Interruption interruption) {
    super(url.dataSource());
    this.url = url;
    this.interruption = interruption;
    interruption.onRequest(this::cancel);
  }

  /** Keeps connections for people who look at pages, beside those that other work needs. */
  void poolForPages(int most) {
    int already =
        getTargetDataSource() instanceof HikariDataSource pool ? pool.getMaximumPoolSize() : 0;
    close();
    pool(already + most);
  }

  /** Keeps connections for the next who wants one: for work in very many transactions. */
  void pool(int most) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(url.dataSource());
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(0);
    config.setPoolName("lethe");
    setTargetDataSource(new HikariDataSource(config));
  }

  @Override
  public void close() {
    if (getTargetDataSource() instanceof HikariDataSource pool) {
      pool.close();
    }
  }

  DatabaseUrl url() {
    return url;
  }

  @Override
  public Connection getConnection() throws SQLException {
    refuseWhenInterrupted();
    Connection connection = super.getConnection();
    opened.removeIf(Database::closed);
    opened.add(connection);
    return connection;
  }

  // Otherwise the engine's retries could start afresh what was just cancelled.
  private void refuseWhenInterrupted() throws SQLException {
    if (interruption.requested()) {
      throw new SQLTransientConnectionException("interrupted", "57014");
    }
  }

  private boolean cancel() {
    opened.removeIf(Database::closed);
    opened.forEach(Database::cancel);
    return !opened.isEmpty();
  }

  private static void cancel(Connection connection) {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      LOG.debug("nothing left to cancel", e);
    }
  }

  private static boolean closed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }
}
