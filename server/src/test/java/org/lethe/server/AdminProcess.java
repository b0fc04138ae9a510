package org.lethe.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lethe.cli.LetheCommand;

/** {@code lethe serve} as a process of its own, with a heap that is not ours. Close it. */
public final class AdminProcess implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("the admin at (http://[^/\\s]+)/");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final Process process;
  private final Path said;
  private final String address;

  private AdminProcess(Process process, Path said) {
    this.process = process;
    this.said = said;
    this.address = awaited();
  }

  /**
   * Serves a scene's database.
   *
   * @param folder where it may write
   * @param heap the most it may take, in megabytes; where that does not do, the process ends
   */
  public static AdminProcess start(AdminScene scene, Path folder, int heap) {
    String database =
        scene
            .jdbc()
            .queryForObject(
                "select 'postgresql://postgres@127.0.0.1:' || inet_server_port() || '/' || current_database()",
                String.class);
    try {
      Path policy = Files.writeString(folder.resolve("lethe.yaml"), "version: 1\n");
      Path said = folder.resolve("said.txt");
      ProcessBuilder builder =
          new ProcessBuilder(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx" + heap + "m",
                  "-XX:+ExitOnOutOfMemoryError",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path", "")),
                  LetheCommand.class.getName(),
                  "serve",
                  "--db",
                  String.valueOf(database),
                  "--config",
                  policy.toString(),
                  "--listen",
                  "127.0.0.1:0"));
      builder.redirectErrorStream(true);
      builder.redirectOutput(said.toFile());
      return new AdminProcess(builder.start(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String awaited() {
    for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
      Matcher address = ADDRESS.matcher(said());
      if (address.find()) {
        return address.group(1);
      }
      if (!lives()) {
        break;
      }
    }
    close();
    throw new IllegalStateException("the admin did not start:\n" + said());
  }

  /** What it wrote so far. */
  public String said() {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it still runs; waits a moment, for it may be about to end. */
  public boolean lives() {
    try {
      return !process.waitFor(BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public Visitor visitor() {
    return new Visitor(address);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
