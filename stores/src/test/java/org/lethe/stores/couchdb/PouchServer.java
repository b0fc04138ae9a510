package org.lethe.stores.couchdb;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A server that speaks as CouchDB does, on Node.js; fetched with npm into the build's folder. */
final class PouchServer implements AutoCloseable {

  private static final String VERSION = "4.2.0";
  private static final Path HOME = Path.of("target", "pouchdb-server").toAbsolutePath();

  private final Process process;
  private final int port;

  /** Without Node.js the test is left out, and says so; CI must have it. */
  PouchServer() throws IOException, InterruptedException {
    if (!run("node", "--version") || !run("npm", "--version")) {
      String why = "node and npm are not installed, so nothing speaks as CouchDB does here";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(why);
      }
      Assumptions.abort(why);
    }
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
        throw new AssertionError("npm cannot install pouchdb-server, see " + HOME);
      }
    }
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
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
    throw new AssertionError("pouchdb-server does not start, see " + HOME.resolve("server.log"));
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
