package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The demo as a process: its data outlives every end of it. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class DemoTest {

  private static final int SECONDS = 120;

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();
  private int port;

  @AfterEach
  void stopAll() throws InterruptedException {
    for (Process process : started) {
      process.destroy();
      process.waitFor(SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void survivesBeingKilledAndStartsOverOnRequest() throws Exception {
    port = freePort();
    Process first = demo();
    awaitTour(first, "plaza is filled");
    JdbcTemplate plaza = plaza();
    assertThat(plaza.queryForObject("select count(*) from customer", Long.class)).isPositive();
    plaza.execute("create table mine (i int)");
    Files.writeString(folder.resolve("demo/lethe.yaml"), "version: 1\n");

    Process second = demo("--port", "0");
    assertThat(second.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(text("err")).contains("in use by another run");

    first.destroyForcibly().waitFor();
    Process again = demo();
    awaitTour(again, "as you left it");
    assertThat(plaza().queryForObject("select count(*) from mine", Long.class)).isZero();
    assertThat(folder.resolve("demo/lethe.yaml")).hasContent("version: 1");

    again.destroy();
    assertThat(again.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(text("err")).contains("stopped;");

    awaitTour(demo("--reset"), "plaza is filled");
    assertThat(plaza().queryForObject("select to_regclass('mine')::text", String.class)).isNull();
    assertThat(folder.resolve("demo/lethe.yaml")).content().contains("customer:");
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private Process demo(String... more) throws IOException {
    List<String> command = new ArrayList<>(LetheProcess.command());
    command.addAll(List.of("demo", "--dir", folder.resolve("demo").toString()));
    if (!List.of(more).contains("--port")) {
      command.addAll(List.of("--port", Integer.toString(port)));
    }
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    started.add(process);
    return process;
  }

  private void awaitTour(Process process, String said) throws Exception {
    for (int i = 0; i < SECONDS * 10 && process.isAlive(); i++) {
      if (text("out").contains("A tour:")) {
        assertThat(text("err")).contains(said);
        assertThat(text("out")).contains("export LETHE_DB=postgresql://postgres@127.0.0.1:" + port);
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no tour was printed: " + text("err"));
  }

  private String text(String stream) throws IOException {
    return Files.readString(folder.resolve(stream));
  }

  private JdbcTemplate plaza() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/plaza?user=postgres");
    return new JdbcTemplate(source);
  }
}
