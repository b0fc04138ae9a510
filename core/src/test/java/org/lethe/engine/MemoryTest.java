package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.Lethe;
import org.lethe.collect.Counts;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.plan.PlanJson;
import org.lethe.plan.Tolerance;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.TableId;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows stay in the database: a small heap is enough for any number of them. */
class MemoryTest {

  private static final int CHILDREN = 1_000_000;
  private static final long PATIENCE_SECONDS = 300;

  @Test
  void aRootWithAMillionRowsUnderItGoesWith128Megabytes(@TempDir Path folder) throws Exception {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    JdbcTemplate jdbc = new JdbcTemplate(database);
    jdbc.execute(
        """
        create table account (id int primary key);
        create table event (id int primary key, account_id int not null);
        create table note (id int primary key, account_id int);
        insert into account values (1), (2);
        insert into event select i, 1 from generate_series(1, %1$d) as i;
        insert into event values (%1$d + 1, 2);
        insert into note select i, 1 from generate_series(1, 1000) as i;
        create index on event (account_id);
        create index on note (account_id);
        alter table event add foreign key (account_id) references account;
        alter table note add foreign key (account_id) references account;
        analyze
        """
            .formatted(CHILDREN));

    Path output = folder.resolve("output");
    Process removal = start(database, output);

    assertThat(removal.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(removal.exitValue()).describedAs(Files.readString(output)).isZero();
    assertThat(Files.readAllLines(output))
        .contains(
            "previewed {public.account=1, public.event=1000000} {note.account_id=1000}",
            "deleted {public.account=1, public.event=1000000} {note.account_id=1000}");
    assertThat(jdbc.queryForList("select id from account", Integer.class)).containsExactly(2);
    assertThat(jdbc.queryForList("select account_id from event", Integer.class)).containsExactly(2);
    assertThat(jdbc.queryForObject("select count(account_id) from note", Long.class)).isZero();
  }

  private static Process start(PGSimpleDataSource database, Path output) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Removal.class.getName(),
            database.getUrl(),
            String.valueOf(database.getUser()))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** The program that runs in the small heap. */
  static final class Removal {

    private Removal() {}

    public static void main(String[] args) {
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
                  relations:
                    event.account_id: cascade
                    note.account_id: set_null
                  """));
      Roots roots = new Roots.Keys(new TableId("public", "account"), List.of(List.of("1")));

      print("previewed", lethe.preview(roots, Preview.Cap.DEFAULT).selection().counts());
      PlanJson json = new PlanJson(lethe.decisions());
      String approved = json.write(lethe.plan(roots));
      print("deleted", lethe.apply(json.read("plan.json", approved), Tolerance.NONE).counts());
    }

    private static void print(String done, Counts counts) {
      System.out.println(done + " " + counts.deleted() + " " + counts.updated());
    }
  }
}
