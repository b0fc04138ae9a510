package org.lethe.subject.export;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;

/** Files that only their owner can read, gone when it is closed: for what can be read just once. */
final class Spool implements AutoCloseable {

  private final Path folder;
  private int files;

  Spool() {
    try {
      // Readable by nobody else, by its own contract.
      folder = Files.createTempDirectory("lethe-export");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder can be made for the export", e);
    }
  }

  Path newFile() {
    return folder.resolve(Integer.toString(++files));
  }

  /** Returns the bytes it had. */
  static long copy(InputStream content, Path file) {
    try {
      return Files.copy(content, file);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  static BufferedWriter writer(Path file) {
    try {
      return Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  static void lines(Path file, Consumer<String> line) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String next = reader.readLine(); next != null; next = reader.readLine()) {
        line.accept(next);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  static UncheckedIOException failure(IOException e) {
    return new UncheckedIOException("a temporary file of the export cannot be used", e);
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }
          });
      Files.delete(folder);
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
