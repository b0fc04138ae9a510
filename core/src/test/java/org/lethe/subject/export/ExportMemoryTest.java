package org.lethe.subject.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.Lethe;
import org.lethe.policy.PolicyReader;
import org.lethe.subject.People;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** A person with a million rows is exported in a small heap. */
class ExportMemoryTest {

  private static final int ROWS = 1_000_000;
  private static final long PATIENCE_SECONDS = 400;

  @Test
  void aMillionRowsWith128Megabytes(@TempDir Path folder) throws Exception {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(
        database,
        """
        create table account (id int primary key, name text);
        create table kind (id int primary key, name text);
        create table event (id int primary key, account_id int not null references account,
          kind int references kind, note text);
        insert into account values (1, 'Ada'), (2, 'Bob');
        insert into kind values (1, 'click');
        insert into event select i, 1, 1, 'event number ' || i from generate_series(1, %1$d) as i;
        insert into event values (%1$d + 1, 2, 1, 'of Bob');
        create index on event (account_id);
        analyze
        """
            .formatted(ROWS));
    Path output = folder.resolve("output");
    Path zip = folder.resolve("export.zip");
    Process export =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Run.class.getName(),
                database.getUrl(),
                String.valueOf(database.getUser()),
                zip.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(export.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(export.exitValue()).describedAs(Files.readString(output)).isZero();
    assertThat(Files.readAllLines(output)).contains("{account=1, event=1000000}");
    try (ZipFile read = new ZipFile(zip.toFile())) {
      assertThat(read.getEntry("pages/event-5000.html")).isNotNull();
      assertThat(read.getEntry("pages/event-5001.html")).isNull();
      assertThat(read.getEntry("index.html").getSize()).isLessThan(20_000);
    }
  }

  /** The program that runs in the small heap. */
  static final class Run {

    private Run() {}

    public static void main(String[] args) throws Exception {
      PGSimpleDataSource database = new PGSimpleDataSource();
      database.setUrl(args[0]);
      database.setUser(args[1]);
      Lethe lethe =
          Lethe.of(
              database,
              PolicyReader.read(
                  "lethe.yaml",
                  """
                  version: 1
                  relations: { event.account_id: cascade }
                  subjects: { account: { table: account, identify_by: [id] } }
                  """));
      Exporter exporter = lethe.exporter();
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[2])))) {
        ExportReport report =
            exporter.export(
                exporter.find(People.type(lethe.decisions(), "account"), "1"),
                List.of(),
                ExportOptions.USUAL,
                out);
        System.out.println(report.people().get(0).rows());
      }
    }
  }
}
