package org.lethe.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Function;

/** Writes a result to a file, whole or not at all. */
final class OutputFile {

  private OutputFile() {}

  /**
   * @throws UsageException if it cannot be written
   */
  static void write(Path file, String text) {
    Path absolute = file.toAbsolutePath();
    Path folder = folder(file);
    try {
      // Not a temporary file, which only its owner could read: policies are shared.
      Path written = folder.resolve("." + absolute.getFileName() + "." + UUID.randomUUID());
      try {
        Files.writeString(written, text, StandardOpenOption.CREATE_NEW);
        Files.move(written, absolute, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw new UsageException(file + " cannot be written", e);
    }
  }

  /**
   * Looks whether a file may be written, before anything is done for it.
   *
   * @param replace whether one that is there may go
   * @throws UsageException if it may not
   */
  static void check(Path file, boolean replace) {
    folder(file);
    if (!replace && Files.exists(file)) {
      throw new UsageException(file + " exists; name another file, or add --force");
    }
  }

  /**
   * Writes a file that nobody else may read, whole or not at all.
   *
   * @throws UsageException if it cannot be written
   */
  static <T> T writePrivately(Path file, boolean replace, Function<OutputStream, T> work) {
    check(file, replace);
    Path absolute = file.toAbsolutePath();
    try {
      // A temporary file is readable by its owner alone.
      Path written = Files.createTempFile(folder(file), "." + absolute.getFileName(), null);
      try {
        T result;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(written))) {
          result = work.apply(out);
        }
        check(file, replace);
        Files.move(written, absolute, StandardCopyOption.REPLACE_EXISTING);
        return result;
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new UsageException(file + " cannot be written", e);
    }
  }

  private static Path folder(Path file) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (Files.isDirectory(absolute)) {
      throw new UsageException(file + " is a directory; name a file in it");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException("the folder of " + file + " does not exist");
    }
    return folder;
  }
}
