package org.lethe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a result to a file, whole or not at all. */
final class OutputFile {

  private OutputFile() {}

  /**
   * @throws UsageException if it cannot be written
   */
  static void write(Path file, String text) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (Files.isDirectory(absolute)) {
      throw new UsageException(file + " is a directory; name a file in it");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException("the folder of " + file + " does not exist");
    }
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
}
