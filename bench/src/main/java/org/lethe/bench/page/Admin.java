package org.lethe.bench.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lethe.bench.peer.Memory;

/** {@code lethe serve} on a database, as a process of its own. Close it. */
final class Admin implements AutoCloseable {

  static final String LOGIN = "bench";

  /** Long enough for every rule; the database is thrown away afterwards. */
  static final String PASSWORD = "a long word for a short while";

  private static final Pattern ADDRESS = Pattern.compile("the admin at (http://[^/\\s]+)/");
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);
  private static final long LOOK_MILLIS = 100;

  private final Process process;
  private final Path said;

  private Admin(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  /**
   * Makes the account and starts to serve.
   *
   * @param launcher the {@code lethe} to start
   * @param folder where it may write
   */
  static Admin start(Path launcher, String database, Path policy, Path folder)
      throws IOException, InterruptedException {
    List<String> where = List.of("--db", database, "--config", policy.toString());
    Path password = Files.writeString(folder.resolve("password.txt"), PASSWORD + "\n");
    Path said = folder.resolve("admin.txt");
    // Where it must be built first, that has all the time it takes.
    process(launcher, List.of("serve", "--help"), List.of(), said).start().waitFor();
    Process add =
        process(launcher, List.of("users", "add", LOGIN, "--superuser"), where, said)
            .redirectInput(password.toFile())
            .start();
    if (add.waitFor() != 0) {
      throw new IllegalStateException("no account was made: " + Files.readString(said));
    }
    return new Admin(
        process(launcher, List.of("serve", "--listen", "127.0.0.1:0"), where, said).start(), said);
  }

  private static ProcessBuilder process(
      Path launcher, List<String> words, List<String> where, Path said) {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(words);
    builder.command().addAll(where);
    builder.environment().put("LETHE_JAVA_OPTS", "-Xmx256m");
    return builder.redirectErrorStream(true).redirectOutput(said.toFile());
  }

  /** Where it answers; waits until it does. */
  String address() throws IOException, InterruptedException {
    for (long end = System.nanoTime() + PATIENCE_NANOS; System.nanoTime() < end; ) {
      Matcher address = ADDRESS.matcher(Files.readString(said));
      if (address.find()) {
        return address.group(1);
      }
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new IllegalStateException("the admin did not start: " + Files.readString(said));
  }

  /** The most that it held, in megabytes. */
  OptionalDouble memory() {
    return Memory.peak(process.pid());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
