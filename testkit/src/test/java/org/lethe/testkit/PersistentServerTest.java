package org.lethe.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A server with a data directory of its own, through ordinary and violent ends. */
@Timeout(180)
class PersistentServerTest {

  private final Path folder;

  PersistentServerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What the killed JVM runs. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] args) throws Exception {
      PostgresServer server = PostgresServer.start(Path.of(args[0]), 0);
      PostgresServer.execute(
          server.dataSource("postgres"), "create table kept as select 7 as answer");
      System.out.println("ready");
      Thread.sleep(TimeUnit.MINUTES.toMillis(3));
    }
  }

  @Test
  void keepsItsDataAcrossAnOrdinaryRestart() throws Exception {
    Path data = folder.resolve("new/data");
    try (PostgresServer server = PostgresServer.start(data, 0)) {
      PostgresServer.execute(
          server.dataSource("postgres"), "create table kept as select 7 as answer");

      assertThatThrownBy(() -> PostgresServer.start(data, 0))
          .as("two servers in one folder")
          .hasMessageContaining("in use")
          .hasMessageContaining(data.toString());
    }

    try (PostgresServer server = PostgresServer.start(data, 0)) {
      assertThat(answer(server)).isEqualTo(7);
    }
  }

  @Test
  void survivesAKilledJvmWhoseServerStillRuns() throws Exception {
    Path data = folder.resolve("data");
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path", ""),
                Victim.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said = jvm.inputReader(UTF_8)) {
      assertThat(said.readLine()).isEqualTo("ready");
      jvm.destroyForcibly().waitFor();
    }
    long orphan = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    assertThat(ProcessHandle.of(orphan)).as("its server outlives it").isPresent();

    try (PostgresServer server = PostgresServer.start(data, 0)) {
      assertThat(answer(server)).isEqualTo(7);
    }
  }

  @Test
  void forgivesLockFilesOfAServerThatIsGone() throws Exception {
    Path data = folder.resolve("data");
    PostgresServer.start(data, 0).close();
    // A process id that is alive, but is no PostgreSQL server: this very JVM's.
    Files.writeString(
        data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n");

    PostgresServer.start(data, 0).close();

    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void beginsAnewWhereTheFirstStartWasCutShort() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("PG_VERSION"), "18\n");
    Files.writeString(folder.resolve("data.incomplete"), "");

    PostgresServer.start(data, 0).close();

    assertThat(folder.resolve("data.incomplete")).doesNotExist();
  }

  @Test
  void leavesAFolderOfSomethingElseAlone() throws Exception {
    Path data = Files.createDirectories(folder.resolve("photos"));
    Files.writeString(data.resolve("holiday.jpg"), "x");

    assertThatThrownBy(() -> PostgresServer.start(data, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("something else");
    assertThat(data.resolve("holiday.jpg")).exists();
  }

  @Test
  void saysWhenAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> PostgresServer.start(folder.resolve("data"), taken.getLocalPort()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + taken.getLocalPort());
    }
    assertThat(folder.resolve("data")).doesNotExist();
  }

  private static int answer(PostgresServer server) throws Exception {
    PGSimpleDataSource database = server.dataSource("postgres");
    try (var c = database.getConnection();
        var s = c.createStatement();
        var rs = s.executeQuery("select answer from kept")) {
      rs.next();
      return rs.getInt(1);
    }
  }
}
