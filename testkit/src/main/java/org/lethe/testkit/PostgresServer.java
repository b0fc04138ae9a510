package org.lethe.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL server of our own on a free local port, from a Maven artefact: nothing to
 * install. Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static @Nullable PostgresServer shared;

  private final EmbeddedPostgres postgres;

  private PostgresServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** The one server of this JVM; started at first use, stopped when the JVM ends. */
  public static synchronized PostgresServer shared() {
    PostgresServer server = shared;
    if (server == null) {
      server = start(null, 0);
      shared = server;
      // The embedded server stops itself in a shutdown hook of its own.
    }
    return server;
  }

  /**
   * Starts another server.
   *
   * @param data where it keeps its data; null for a temporary folder that goes with it
   * @param port 0 for any free one
   * @throws UncheckedIOException if it does not start
   */
  public static PostgresServer start(@Nullable Path data, int port) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("max_connections", "200")
            .setServerConfig("shared_buffers", "256MB")
            .setServerConfig("max_wal_size", "2GB")
            .setServerConfig("timezone", "UTC");
    if (data != null) {
      builder.setDataDirectory(data).setCleanDataDirectory(false);
    }
    if (port != 0) {
      builder.setPort(port);
    }
    try {
      return new PostgresServer(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("embedded PostgreSQL did not start", e);
    }
  }

  public int port() {
    return postgres.getPort();
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=postgres";
  }

  /** An unpooled data source: every connection is new. */
  public PGSimpleDataSource dataSource(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl(database));
    return source;
  }

  /** Creates an empty database with a name of its own. */
  public PGSimpleDataSource createDatabase() {
    return createDatabase("template1");
  }

  /**
   * Creates a copy of a database, with a name of its own.
   *
   * @param template a database that nobody is connected to
   */
  public PGSimpleDataSource createDatabase(String template) {
    String name = "t" + NAMES.incrementAndGet() + "_" + ProcessHandle.current().pid();
    execute(dataSource("postgres"), "create database " + name + " template " + template);
    return dataSource(name);
  }

  /** Drops a database, ending its sessions. */
  public void dropDatabase(String name) {
    execute(
        dataSource("postgres"),
        "drop database if exists \"" + name.replace("\"", "\"\"") + "\" with (force)");
  }

  /** Runs a script of SQL statements. */
  public static void execute(PGSimpleDataSource database, String sql) {
    try (Connection c = database.getConnection();
        Statement s = c.createStatement()) {
      s.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("this SQL failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException("embedded PostgreSQL did not stop", e);
    }
  }
}
