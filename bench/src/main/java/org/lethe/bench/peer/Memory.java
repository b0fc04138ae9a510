package org.lethe.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What processes take. */
public final class Memory {

  private Memory() {}

  /** The most that a process held so far, in megabytes, as Linux says; empty elsewhere. */
  public static OptionalDouble peak(long process) {
    try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(process), "status"))) {
      return status
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return OptionalDouble.empty(); // it has just ended, or there is no such file
    }
  }
}
