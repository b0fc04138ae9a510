package org.lethe.cli;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.lethe.error.LetheException;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.PostgresServer;
import org.springframework.jdbc.core.JdbcTemplate;

/** The demo's own PostgreSQL with the sample database, in a folder of its own. */
final class DemoServer implements AutoCloseable {

  private static final String DATABASE = "plaza";

  /** Filled under another name and then renamed: a database called plaza is complete. */
  private static final String UNFINISHED = "plaza_unfinished";

  private final PostgresServer server;

  private DemoServer(PostgresServer server) {
    this.server = server;
  }

  /**
   * @throws UsageException if another demo runs in the folder, or the port is taken
   */
  static DemoServer start(Path folder, int port) {
    try {
      return new DemoServer(PostgresServer.start(folder.resolve("data"), port));
    } catch (IllegalStateException | UncheckedIOException e) {
      throw new UsageException("the demo cannot start: " + e.getMessage(), e);
    }
  }

  /** Creates the database unless an earlier run did; returns whether it had to. */
  boolean fill(boolean anew) {
    JdbcTemplate jdbc = new JdbcTemplate(server.dataSource("postgres"));
    if (anew) {
      server.dropDatabase(DATABASE);
    }
    Boolean there =
        jdbc.queryForObject(
            "select exists (select from pg_database where datname = ?)", Boolean.class, DATABASE);
    if (Boolean.TRUE.equals(there)) {
      return false;
    }
    server.dropDatabase(UNFINISHED);
    jdbc.execute("create database " + UNFINISHED);
    try {
      Plaza.load(server.dataSource(UNFINISHED));
    } catch (SQLException e) {
      throw new LetheException("the sample plaza cannot be loaded: " + e.getMessage(), e);
    }
    jdbc.execute("alter database " + UNFINISHED + " rename to " + DATABASE);
    return true;
  }

  String url() {
    return "postgresql://postgres@127.0.0.1:" + server.port() + "/" + DATABASE;
  }

  @Override
  public void close() {
    server.close();
  }
}
