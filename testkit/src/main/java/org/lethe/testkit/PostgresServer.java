package org.lethe.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL server of our own on a free local port, from a Maven artefact: nothing to
 * install. It stops with the JVM; what it has to say goes to a file, not to the screen.
 * Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LOG_LINES_IN_MESSAGE = 5;

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
   * @param data where it keeps its data, which then survives this JVM, even one that is killed;
   *     made if it does not exist. Null for a temporary folder that goes with the server, and that
   *     cares for speed only
   * @param port 0 for any free one
   * @throws IllegalStateException if it does not start; the message says why and what to do
   * @throws UncheckedIOException if the folder cannot be written
   */
  public static PostgresServer start(@Nullable Path data, int port) {
    return start(data, port, Map.of());
  }

  /**
   * The same with settings of the server, which win over the usual ones.
   *
   * @param settings by name, as in {@code postgresql.conf}
   */
  public static PostgresServer start(@Nullable Path data, int port, Map<String, String> settings) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPGStartupWait(PATIENCE)
            .setServerConfig("max_connections", "200")
            .setServerConfig("shared_buffers", "256MB")
            .setServerConfig("max_wal_size", "2GB")
            .setServerConfig("timezone", "UTC");
    if (port != 0) {
      builder.setPort(port);
    }
    return data == null
        ? startTemporary(builder, port, settings)
        : startPersistent(builder, data, port, settings);
  }

  private static PostgresServer startTemporary(
      EmbeddedPostgres.Builder builder, int port, Map<String, String> settings) {
    refuseIfTaken(port);
    // Under this folder a later start finds and removes what killed JVMs left behind.
    Path parent =
        Path.of(System.getProperty("java.io.tmpdir", "/tmp"))
            .toAbsolutePath()
            .resolve("embedded-pg");
    Path data = parent.resolve(UUID.randomUUID().toString());
    builder
        .setDataDirectory(data)
        .setServerConfig("fsync", "off")
        .setServerConfig("synchronous_commit", "off")
        .setServerConfig("full_page_writes", "off");
    settings.forEach(builder::setServerConfig);
    try {
      Path log = Files.createTempFile("lethe-postgres", ".log");
      log.toFile().deleteOnExit();
      return start(builder, log);
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary file cannot be created", e);
    }
  }

  private static PostgresServer startPersistent(
      EmbeddedPostgres.Builder builder, Path data, int port, Map<String, String> settings) {
    DataDirectory directory = new DataDirectory(data);
    directory.prepare();
    // Only now: until here a server that a killed run left behind may have held the port.
    refuseIfTaken(port);
    builder
        .setDataDirectory(directory.path())
        .setCleanDataDirectory(false)
        // The embedded defaults are off: this data may be worth something.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on");
    settings.forEach(builder::setServerConfig);
    PostgresServer server = start(builder, directory.log());
    directory.complete();
    return server;
  }

  private static PostgresServer start(EmbeddedPostgres.Builder builder, Path log) {
    builder.setOutputRedirector(Redirect.appendTo(log.toFile()));
    try {
      return new PostgresServer(builder.start());
    } catch (IOException | IllegalStateException e) {
      throw new IllegalStateException(
          "embedded PostgreSQL did not start: " + e.getMessage() + lastLines(log), e);
    }
  }

  private static void refuseIfTaken(int port) {
    if (port == 0) {
      return;
    }
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new IllegalStateException(
          "embedded PostgreSQL cannot listen on port %d (%s): name another port, or 0 for any"
              .formatted(port, e.getMessage()),
          e);
    }
  }

  private static String lastLines(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      String said = lines.filter(l -> !l.isBlank()).collect(Collectors.joining("\n  "));
      int from = said.length();
      for (int i = 0; i < LOG_LINES_IN_MESSAGE && from > 0; i++) {
        from = Math.max(0, said.lastIndexOf('\n', from - 1));
      }
      return said.isEmpty() ? "" : "\n  it said (" + log + "):\n  " + said.substring(from).strip();
    } catch (IOException | UncheckedIOException e) {
      return "";
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
    execute(dataSource("postgres"), "create database " + name + " template " + quote(template));
    return dataSource(name);
  }

  /** Drops a database, ending its sessions. */
  public void dropDatabase(String name) {
    execute(dataSource("postgres"), "drop database if exists " + quote(name) + " with (force)");
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

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
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
