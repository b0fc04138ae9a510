package org.lethe.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.lethe.bench.peer.Memory;

/**
 * A process that has come to its end.
 *
 * @param code it ended with; -1 if it took too long
 * @param wall seconds from its start to its end
 * @param memory the most it held, in megabytes, as far as that could be seen
 * @param lines what it said
 */
record Finished(int code, double wall, OptionalDouble memory, List<String> lines) {

  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(30);
  private static final long LOOK_MILLIS = 20;

  /**
   * Runs one.
   *
   * @param input what it reads
   * @param said file for what it says
   */
  static Finished run(
      List<String> command, Map<String, String> environment, Path input, Path said) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(input.toFile())
            .redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    OptionalDouble memory = OptionalDouble.empty();
    long started = System.nanoTime();
    try {
      Process process = builder.start();
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        memory = larger(memory, Memory.peak(process.pid()));
        if (System.nanoTime() - started > LIMIT_NANOS) {
          process.destroyForcibly();
          return new Finished(-1, seconds(started), memory, lines(said));
        }
      }
      return new Finished(process.exitValue(), seconds(started), memory, lines(said));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command.get(0) + " ran", e);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static OptionalDouble larger(OptionalDouble a, OptionalDouble b) {
    return b.isEmpty() || (a.isPresent() && a.getAsDouble() > b.getAsDouble()) ? a : b;
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }
}
