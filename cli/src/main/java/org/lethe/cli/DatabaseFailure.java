package org.lethe.cli;

import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the database said, in one line that names neither rows nor passwords: a server's detail and
 * context lines can hold row data and are left out.
 *
 * @param login whether it kept us from getting in at all
 */
record DatabaseFailure(String message, int exitCode, boolean login) {

  /** Of the first database error among the causes; null if there is none. */
  static @Nullable DatabaseFailure of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException e) {
        return of(e);
      }
    }
    return null;
  }

  private static DatabaseFailure of(SQLException e) {
    String state = Objects.requireNonNullElse(e.getSQLState(), "");
    String said = OneLine.of(serverMessage(e));
    return switch (state) {
      case "42501" -> error("not permitted: " + said, ExitCode.NOT_PERMITTED);
      case "28P01", "28000" ->
          login("the server refused the login: " + said + " (LETHE_DB_USER, LETHE_DB_PASSWORD)");
      case "3D000" -> login(said + " on that server");
      case "08001", "08004", "53300" -> login("no connection to the database: " + said);
      case "57014" -> error("cancelled; nothing was changed", ExitCode.USAGE_OR_ERROR);
      default ->
          error(
              "the database refused: " + said + (state.isEmpty() ? "" : " [" + state + "]"),
              ExitCode.USAGE_OR_ERROR);
    };
  }

  private static DatabaseFailure login(String message) {
    return new DatabaseFailure(message, ExitCode.USAGE_OR_ERROR, true);
  }

  private static DatabaseFailure error(String message, int exitCode) {
    return new DatabaseFailure(message, exitCode, false);
  }

  private static String serverMessage(SQLException e) {
    if (e instanceof PSQLException p) {
      ServerErrorMessage server = p.getServerErrorMessage();
      if (server != null && server.getMessage() != null) {
        return server.getMessage();
      }
    }
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }
}
