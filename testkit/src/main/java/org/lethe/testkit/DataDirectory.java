package org.lethe.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder in which an embedded server keeps its data from one start to the next, whatever happened
 * in between: a JVM that was killed leaves its server running and its lock files behind, and
 * perhaps a folder that is only half made.
 */
final class DataDirectory {

  private static final long STOP_SECONDS = 20;

  private final Path directory;
  private final Path incomplete;

  DataDirectory(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
    this.incomplete = beside(".incomplete");
  }

  Path path() {
    return directory;
  }

  /** Where the server writes what it has to say. */
  Path log() {
    return beside(".log");
  }

  /**
   * Makes the folder ready for a start: whole or empty, and nobody at work in it.
   *
   * @throws IllegalStateException if another program uses it, or it holds something else
   */
  void prepare() {
    try {
      Files.createDirectories(parent());
      if (Files.exists(directory)) {
        refuseIfInUse();
        stopOrphan();
      }
      if (Files.exists(incomplete)) {
        deleteContents();
      }
      if (isEmpty()) {
        Files.writeString(incomplete, "The first start has not ended; the next one begins anew.\n");
      } else if (!Files.exists(directory.resolve("PG_VERSION"))) {
        throw new IllegalStateException(
            directory + " holds something else than a PostgreSQL database: name another folder");
      }
      Files.deleteIfExists(log());
    } catch (IOException e) {
      throw new UncheckedIOException(
          directory + " cannot be used for the database: " + e.getMessage(), e);
    }
  }

  /** Says that the server runs, so that the folder is whole. */
  void complete() {
    try {
      Files.deleteIfExists(incomplete);
    } catch (IOException e) {
      throw new UncheckedIOException(incomplete + " cannot be deleted", e);
    }
  }

  private Path parent() {
    Path parent = directory.getParent();
    if (parent == null) {
      throw new IllegalStateException(directory + " is no folder for a database: name another");
    }
    return parent;
  }

  private Path beside(String suffix) {
    return parent().resolve(directory.getFileName() + suffix);
  }

  /** A JVM that serves this folder holds a lock on this file for as long as it lives. */
  private void refuseIfInUse() throws IOException {
    Path lockFile = directory.resolve("epg-lock");
    if (!Files.exists(lockFile)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse(null);
      }
    } catch (OverlappingFileLockException e) {
      throw inUse(e);
    }
  }

  private IllegalStateException inUse(@Nullable Throwable cause) {
    return new IllegalStateException(
        "the database in "
            + directory
            + " is in use by another run: end that one first, or name another folder",
        cause);
  }

  /** Nobody holds the lock, so a server that still runs here has lost its JVM. */
  private void stopOrphan() throws IOException {
    Optional<ProcessHandle> orphan = server();
    if (orphan.isEmpty()) {
      return;
    }
    // PostgreSQL's "smart" shutdown: at once, unless somebody else is still connected.
    orphan.get().destroy();
    try {
      orphan.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server in " + directory + " stops", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "process %d still serves %s, perhaps because a program is connected to it: end it first"
              .formatted(orphan.get().pid(), directory),
          e);
    }
  }

  /** The running server of this folder, by its process id; a recycled id is not mistaken for it. */
  private Optional<ProcessHandle> server() throws IOException {
    Path pidFile = directory.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(ProcessHandle::isAlive)
        .filter(p -> p.info().command().map(c -> c.contains("postgres")).orElse(true));
  }

  private boolean isEmpty() throws IOException {
    if (!Files.exists(directory)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  /** Only what a first start of ours left half made. */
  private void deleteContents() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(directory)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
