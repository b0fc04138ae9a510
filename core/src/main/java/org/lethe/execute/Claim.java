package org.lethe.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.error.LetheException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The right to work on one task, held by one connection of its own: it ends with the process,
 * however that ends, so that nobody has to guess whether its holder is still alive.
 */
public final class Claim implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Claim.class);

  private static final String TRY_LOCK = "select pg_try_advisory_lock(hashtextextended(?, 0))";
  private static final String UNLOCK = "select pg_advisory_unlock(hashtextextended(?, 0))";

  private final Connection connection;
  private final String name;

  private Claim(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /**
   * Claims a task; empty if another process has it.
   *
   * @param task such as {@code rule NAME}
   * @throws LetheException if there is no connection
   */
  public static Optional<Claim> of(DataSource dataSource, String task) {
    String name = "lethe " + task;
    Connection connection = null;
    try {
      connection = dataSource.getConnection();
      if (ask(connection, TRY_LOCK, name)) {
        return Optional.of(new Claim(connection, name));
      }
      connection.close();
      return Optional.empty();
    } catch (SQLException e) {
      close(connection);
      throw new LetheException(
          "no connection to the database, or it was lost: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no message"),
          e);
    }
  }

  /**
   * The claim's own connection as a data source: what works with it loses the claim and the
   * connection together, and need not open another for every chunk.
   */
  public DataSource dataSource() {
    return new SingleConnectionDataSource(connection, true);
  }

  private static boolean ask(Connection connection, String question, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(question)) {
      statement.setString(1, name);
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  @Override
  public void close() {
    try {
      ask(connection, UNLOCK, name);
    } catch (SQLException e) {
      LOG.debug("the claim went with its connection", e);
    }
    close(connection);
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("the connection is gone already", e);
      }
    }
  }
}
