package org.lethe.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Runs what {@code pg_dump} and the like write for psql, without psql: statements, and COPY blocks
 * with their data. psql's own backslash commands are skipped where a statement could begin.
 */
final class SqlScript {

  private static final Pattern COPY =
      Pattern.compile("copy\\s.+\\sfrom\\s+stdin\\b.*;\\s*", Pattern.CASE_INSENSITIVE);

  private static final String END_OF_COPY = "\\.";

  private SqlScript() {}

  /**
   * Runs a file; one whose name ends in {@code .gz} is unpacked on the way.
   *
   * @throws SQLException if a statement fails
   * @throws UncheckedIOException if the file cannot be read
   */
  static void run(Connection connection, Path file) throws SQLException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      run(connection, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  static void run(Connection connection, BufferedReader lines) throws SQLException, IOException {
    StringBuilder statements = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      boolean mayBegin = statements.isEmpty() || endsStatement(statements);
      if (mayBegin && COPY.matcher(line).matches()) {
        flush(connection, statements);
        copy(connection, line, lines);
      } else if (!(mayBegin && line.startsWith("\\"))
          && !(mayBegin && (line.isBlank() || line.startsWith("--")))) {
        statements.append(line).append('\n');
      }
    }
    flush(connection, statements);
  }

  /** A semicolon at the end of a line ends a statement, unless inside a function's body. */
  private static boolean endsStatement(StringBuilder statements) {
    int last = statements.length() - 1;
    while (last >= 0 && Character.isWhitespace(statements.charAt(last))) {
      last--;
    }
    return last >= 0 && statements.charAt(last) == ';';
  }

  private static void flush(Connection connection, StringBuilder statements) throws SQLException {
    if (!statements.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(statements.toString());
      }
      statements.setLength(0);
    }
  }

  private static void copy(Connection connection, String command, BufferedReader lines)
      throws SQLException, IOException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command);
    try {
      for (String line = lines.readLine();
          line != null && !line.equals(END_OF_COPY);
          line = lines.readLine()) {
        byte[] row = (line + "\n").getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(row, 0, row.length);
      }
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
