package org.lethe.testkit.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server that speaks as CouchDB does, on Node.js, with its data in memory. It is fetched with npm
 * once, into the folder that the system property {@value #FOLDER} names, else into {@code target}.
 * Stops with this JVM at the latest.
 */
public final class PouchServer implements AutoCloseable {

  private static final String VERSION = "4.2.0";
  public static final String FOLDER = "lethe.test.servers";
  public static final String ABSENT =
      "node and npm are not installed, so nothing speaks as CouchDB does here";

  private static final Path HOME =
      Path.of(System.getProperty(FOLDER, "target"), "pouchdb-server").toAbsolutePath();

  private final Process process;
  private final int port;

  /**
   * Starts one.
   *
   * @return empty where there is no Node.js, for the test to be left out with {@link #ABSENT} as
   *     the reason
   * @throws IllegalStateException if it does not start, or there is no Node.js though {@code CI} is
   *     set
   */
  public static Optional<PouchServer> start() throws IOException, InterruptedException {
    if (!run("node", "--version") || !run("npm", "--version")) {
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(ABSENT);
      }
      return Optional.empty();
    }
    return Optional.of(new PouchServer(installed()));
  }

  private static Path installed() throws IOException, InterruptedException {
    Path server = HOME.resolve("node_modules/pouchdb-server/bin/pouchdb-server");
    if (!Files.exists(server)) {
      Files.createDirectories(HOME);
      Files.writeString(HOME.resolve("package.json"), "{\"private\": true}");
      boolean installed =
          run(
              "npm",
              "install",
              "--no-audit",
              "--no-fund",
              "--ignore-scripts",
              "--omit=dev",
              "pouchdb-server@" + VERSION);
      if (!installed) {
        throw new IllegalStateException("npm cannot install pouchdb-server, see " + HOME);
      }
    }
    return server;
  }

  private PouchServer(Path server) throws IOException, InterruptedException {
    port = Ports.free();
    process =
        new ProcessBuilder(
                "node",
                server.toString(),
                "--in-memory",
                "--host",
                "127.0.0.1",
                "--port",
                "" + port)
            .directory(Files.createTempDirectory(HOME, "run").toFile())
            .redirectErrorStream(true)
            .redirectOutput(HOME.resolve("server.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    awaitAnswer();
  }

  private static boolean run(String... command) throws InterruptedException, IOException {
    List<String> all = new ArrayList<>(Arrays.asList(command));
    Files.createDirectories(HOME);
    try {
      Process p =
          new ProcessBuilder(all)
              .directory(HOME.toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(HOME.resolve("npm.log").toFile()))
              .start();
      return p.waitFor(5, TimeUnit.MINUTES) && p.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void awaitAnswer() throws InterruptedException {
    for (int i = 0; i < 300 && process.isAlive(); i++) {
      try {
        HttpURLConnection c = (HttpURLConnection) URI.create(url()).toURL().openConnection();
        if (c.getResponseCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not yet.
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException(
        "pouchdb-server does not start, see " + HOME.resolve("server.log"));
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
