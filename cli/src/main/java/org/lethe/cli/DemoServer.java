package org.lethe.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The demo's own PostgreSQL, in a folder of its own: one process at a time, data kept from run to
 * run, whatever ended the last one.
 */
final class DemoServer implements AutoCloseable {

  static final String DATABASE = "plaza";

  /** Filled under another name and then renamed: a database called plaza is complete. */
  private static final String UNFINISHED = "plaza_unfinished";

  private static final int STOP_SECONDS = 5;

  private final FileChannel lockFile;
  private final PostgresServer server;

  private DemoServer(FileChannel lockFile, PostgresServer server) {
    this.lockFile = lockFile;
    this.server = server;
  }

  /**
   * @param reset whether to start over with fresh data
   * @throws UsageException if another demo runs in the folder or the port is taken
   */
  static DemoServer start(Path folder, int port, boolean reset) {
    try {
      Files.createDirectories(folder);
      FileChannel lockFile = lock(folder);
      Path data = folder.toRealPath().resolve("data");
      stopLeftOver(data);
      if (reset) {
        delete(data);
      }
      refuseTakenPort(port);
      return new DemoServer(lockFile, PostgresServer.start(data, port));
    } catch (IOException e) {
      throw new UsageException(
          "the demo cannot use the folder " + folder + ": " + e.getMessage(), e);
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new UsageException(
          "the demo's PostgreSQL does not start; if its data was damaged, add --reset", e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held;
    try {
      held = file.tryLock();
    } catch (OverlappingFileLockException e) {
      held = null;
    }
    if (held == null) {
      file.close();
      throw new UsageException(
          "a demo is already running in " + folder + "; stop it there, or use another --dir");
    }
    // The lock goes with the process, however that ends.
    return file;
  }

  /** A process that was killed leaves its server behind; the lock says that nobody uses it. */
  private static void stopLeftOver(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.get(0).strip().matches("\\d+")) {
      return;
    }
    ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(process -> serves(process, data))
        .ifPresent(DemoServer::stop);
  }

  // Process ids come round again: only a server with this very folder is ours to stop.
  private static boolean serves(ProcessHandle process, Path data) {
    return process
        .info()
        .arguments()
        .map(arguments -> Arrays.asList(arguments).contains(data.toString()))
        .orElse(false);
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Somebody is still connected. PostgreSQL recovers from this when it starts again.
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path data) throws IOException {
    if (!Files.exists(data)) {
      return;
    }
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      throw new UsageException(data + " is no database of the demo; it is left alone");
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void refuseTakenPort(int port) {
    if (port == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      probe.setReuseAddress(true);
    } catch (IOException e) {
      throw new UsageException(
          "port " + port + " is taken; choose another with --port, 0 for any free one", e);
    }
  }

  /** Creates the database unless an earlier run did; returns whether it had to. */
  boolean fill(Consumer<PGSimpleDataSource> loader) {
    JdbcTemplate jdbc = new JdbcTemplate(server.dataSource("postgres"));
    Boolean there =
        jdbc.queryForObject(
            "select exists (select from pg_database where datname = ?)", Boolean.class, DATABASE);
    if (Boolean.TRUE.equals(there)) {
      return false;
    }
    server.dropDatabase(UNFINISHED);
    jdbc.execute("create database " + UNFINISHED);
    loader.accept(server.dataSource(UNFINISHED));
    jdbc.execute("alter database " + UNFINISHED + " rename to " + DATABASE);
    return true;
  }

  String url() {
    return "postgresql://postgres@127.0.0.1:" + server.port() + "/" + DATABASE;
  }

  @Override
  public void close() {
    server.close();
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's lock file cannot be closed", e);
    }
  }
}
