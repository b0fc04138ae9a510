package org.lethe.stores.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lethe.store.StoreException;
import org.lethe.store.StoreSettings;

/** A few connections to one database, kept while they work. Thread-safe. */
final class Connections implements AutoCloseable {

  private final String name;
  private final String url;
  private final String engine;
  private final Properties signIn = new Properties();
  private final Duration timeout;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  Connections(StoreSettings settings) {
    name = settings.name();
    url = settings.text(JdbcStoreFactory.KIND);
    timeout = settings.duration("timeout", Duration.ofSeconds(10));
    settings.optionalText("user").ifPresent(user -> signIn.put("user", user));
    settings.optionalText("password").ifPresent(password -> signIn.put("password", password));
    String[] parts = url.split(":", 3);
    if (parts.length < 3 || !parts[0].equals("jdbc")) {
      throw settings.fault(
          JdbcStoreFactory.KIND,
          "is no address of a database",
          "write jdbc:engine://host/database as the driver wants it");
    }
    engine = parts[1].toLowerCase(Locale.ROOT);
    try {
      DriverManager.getDriver(url);
    } catch (SQLException e) {
      throw settings.fault(
          JdbcStoreFactory.KIND,
          "needs a JDBC driver for " + engine + " that is not on the class path",
          "add the engine's driver as a dependency, or its jar");
    }
  }

  /** Something asked of the database. */
  interface Question<T> {
    T of(Connection connection) throws SQLException;
  }

  /**
   * Asks the database, in one transaction.
   *
   * @throws StoreException if it cannot be asked or refuses
   */
  <T> T ask(Question<T> question) {
    Connection connection;
    try {
      connection = take();
    } catch (SQLException e) {
      throw failure(e);
    }
    boolean usable = false;
    try {
      T answer = question.of(connection);
      connection.commit();
      usable = true;
      return answer;
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      giveBack(connection, usable);
    }
  }

  private Connection take() throws SQLException {
    while (true) {
      Connection connection;
      synchronized (idle) {
        connection = idle.poll();
      }
      if (connection == null) {
        return connect();
      }
      if (connection.isValid(seconds())) {
        return connection;
      }
      close(connection);
    }
  }

  private void giveBack(Connection connection, boolean usable) {
    synchronized (idle) {
      if (usable && !closed) {
        idle.push(connection);
        return;
      }
    }
    close(connection);
  }

  /** Connects with a limit of its own: not every driver has one, and none names it alike. */
  private Connection connect() throws SQLException {
    CompletableFuture<Connection> coming = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                Connection made = DriverManager.getConnection(url, signIn);
                if (!coming.complete(made)) {
                  close(made);
                }
              } catch (SQLException | RuntimeException e) {
                coming.completeExceptionally(e);
              }
            },
            "lethe-" + name);
    thread.setDaemon(true);
    thread.start();
    try {
      Connection made = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      prepare(made);
      return made;
    } catch (TimeoutException e) {
      coming.cancel(false);
      throw new SQLException("no connection in time", "08001", e);
    } catch (InterruptedException e) {
      coming.cancel(false);
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", "08001", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      throw new SQLException("the driver failed", e.getCause());
    }
  }

  private void prepare(Connection made) throws SQLException {
    made.setAutoCommit(false);
    try {
      made.setNetworkTimeout(Runnable::run, (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    } catch (SQLFeatureNotSupportedException e) {
      // Then statements have their own limit alone.
    }
  }

  /** The limit of a statement: whole seconds, since JDBC knows no other. */
  int seconds() {
    return (int) Math.max(1, timeout.toSeconds());
  }

  private StoreException failure(SQLException e) {
    // Messages of databases quote rows, so only the state is said.
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String where = name + ": the " + engine + " database";
    if (state.startsWith("23")) {
      return new StoreException(
          where
              + " refuses (SQLState "
              + state
              + "): a constraint forbids it; list tables that refer to others before these,"
              + " and give unique columns values of their own such as erased-{id}",
          false,
          e);
    }
    boolean refuses =
        state.startsWith("28")
            || state.startsWith("42")
            || state.startsWith("22")
            || state.startsWith("3D")
            || state.startsWith("0A")
            || (e instanceof SQLNonTransientException && !state.startsWith("08"));
    return new StoreException(
        where + (refuses ? " refuses" : " does not answer") + " (SQLState " + state + ")",
        !refuses,
        e);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is given up anyway.
    }
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(Connections::close);
      idle.clear();
    }
  }
}
