package org.lethe.bench.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A server with settings as for work, templates that are filled once and kept, and fresh copies of
 * them. Not thread-safe.
 */
public final class Databases implements AutoCloseable {

  /** The copy that is measured on. */
  public static final String MEASURED = "bench_measured";

  /** The copy on which it is found out what must come out. */
  public static final String EXPECTED = "bench_expected";

  /** The copy to get warm on. */
  public static final String WARM = "bench_warm";

  private static final String OWNER =
      "case when random() < 0.005 then 1 else 2 + floor((${users} - 1) * power(random(), 1.5))::bigint end";

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("shared_buffers", "512MB"),
          Map.entry("work_mem", "64MB"),
          Map.entry("maintenance_work_mem", "512MB"),
          Map.entry("max_wal_size", "8GB"),
          Map.entry("checkpoint_timeout", "30min"),
          // Nothing of its own goes on while something is measured.
          Map.entry("autovacuum", "off"),
          Map.entry("shared_preload_libraries", "pg_stat_statements"),
          Map.entry("pg_stat_statements.max", "20000"),
          Map.entry("pg_stat_statements.save", "off"));

  private final PostgresServer server;
  private final JdbcTemplate jdbc;
  private final Consumer<String> told;

  private Databases(PostgresServer server, Consumer<String> told) {
    this.server = server;
    this.told = told;
    jdbc = new JdbcTemplate(server.dataSource("postgres"));
    jdbc.execute("create extension if not exists pg_stat_statements");
  }

  /**
   * Starts a server to measure on.
   *
   * @param data where it keeps templates from one run to the next
   * @param told what is made that takes a while
   */
  public static Databases in(Path data, Consumer<String> told) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("fsync", "on");
    settings.put("full_page_writes", "on");
    return new Databases(PostgresServer.start(data, 0, settings), told);
  }

  /** Starts one that is good for counting, not for measuring: it keeps nothing. */
  public static Databases temporary() {
    return new Databases(PostgresServer.start(null, 0, SETTINGS), line -> {});
  }

  public int port() {
    return server.port();
  }

  public String url(String database) {
    return server.jdbcUrl(database);
  }

  public PGSimpleDataSource source(String database) {
    return server.dataSource(database);
  }

  /** The forum of a size; made now if there is none yet. */
  public String forum(Size size, Flavour flavour) {
    return made(
        "forum_%d_%s".formatted(size.users(), flavour.name().toLowerCase(java.util.Locale.ROOT)),
        database -> {
          database.execute(script("schema.sql", size));
          database.execute(script("rows.sql", size));
          database.execute(script("keys.sql", size));
          database.execute(
              script("references.sql", size)
                  .replace("${cascade}", flavour.cascade)
                  .replace("${set_null}", flavour.setNull)
                  .replace("${deferrable}", flavour.deferrable));
        });
  }

  /** The table of events of a size; made now if there is none yet. */
  public String events(Size size) {
    return made(
        "events_" + size.events(), database -> database.execute(script("events.sql", size)));
  }

  /** Many tables that hang together, and no rows. */
  public String catalog() {
    return made("catalog", database -> database.execute(text("catalog.sql")));
  }

  private String made(String name, Consumer<JdbcTemplate> filling) {
    if (exists(name)) {
      return name;
    }
    told.accept("making " + name + " ...");
    String half = name + "_unfinished";
    drop(half);
    jdbc.execute("create database " + half);
    JdbcTemplate inside = new JdbcTemplate(server.dataSource(half));
    filling.accept(inside);
    inside.execute("vacuum (freeze, analyze)");
    jdbc.execute("alter database %s rename to %s".formatted(half, name));
    jdbc.execute("checkpoint");
    return name;
  }

  private boolean exists(String name) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            "select exists (select from pg_database where datname = ?)", Boolean.class, name));
  }

  /** A fresh copy of a template, all of it on the disk; its name. */
  public String copy(String template, String to) {
    drop(to);
    jdbc.execute("create database %s template %s strategy file_copy".formatted(to, template));
    jdbc.execute("checkpoint");
    return to;
  }

  /** Removes a copy, if it is there. */
  public void drop(String name) {
    jdbc.execute("drop database if exists %s with (force)".formatted(name));
  }

  /** A statement for the server as a whole. */
  public JdbcTemplate server() {
    return jdbc;
  }

  private static String script(String name, Size size) {
    return text(name)
        .replace("${owner}", OWNER)
        .replace("${users}", Long.toString(size.users()))
        .replace("${rows}", Long.toString(size.events()));
  }

  /** One of the files beside these classes. */
  public static String text(String name) {
    try (InputStream in = Databases.class.getResourceAsStream("/org/lethe/bench/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
