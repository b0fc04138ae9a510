package org.lethe.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * The sample database {@code plaza}: a community with a shop, 34 tables and 100,000 rows, the same
 * on every machine and in every run. {@code docs/sample-plaza.md} says what is in it.
 */
public final class Plaza {

  private static final List<String> SCHEMA =
      List.of(
          "schema/1-accounts.sql",
          "schema/2-community.sql",
          "schema/3-shop.sql",
          "schema/4-support.sql",
          "schema/5-activity.sql",
          "schema/6-triggers.sql");

  private static final List<String> DATA =
      List.of(
          "data/0-helpers.sql",
          "data/1-accounts.sql",
          "data/2-community.sql",
          "data/3-shop.sql",
          "data/4-support.sql",
          "data/5-activity.sql",
          "data/6-finish.sql");

  private Plaza() {}

  /**
   * Creates the tables in the schemas {@code public} and {@code support} and fills them, in one
   * transaction; takes a few seconds.
   *
   * @param database an empty PostgreSQL database, 15 or newer
   * @throws SQLException if a script fails, for instance because the tables exist; nothing is left
   */
  public static void load(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        statement.execute("set local search_path = public");
        statement.execute("set local timezone = 'UTC'");
        for (String script : SCHEMA) {
          run(statement, script);
        }
        for (String script : DATA) {
          run(statement, script);
        }
        connection.commit();
      } catch (SQLException e) {
        rollBack(connection, e);
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
      statement.execute("analyze");
    }
  }

  /** The policy for this database, fully decided; also the resource {@code plaza/lethe.yaml}. */
  public static String policyYaml() {
    return resource("lethe.yaml");
  }

  private static void run(Statement statement, String script) throws SQLException {
    try {
      statement.execute(resource(script));
    } catch (SQLException e) {
      throw new SQLException("plaza/" + script + ": " + e.getMessage(), e.getSQLState(), e);
    }
  }

  private static void rollBack(Connection connection, SQLException cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Plaza.class.getResourceAsStream("plaza/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the resource plaza/" + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the resource plaza/" + name + " cannot be read", e);
    }
  }
}
