package org.lethe.subject.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.Lethe;
import org.lethe.policy.PolicyReader;
import org.lethe.subject.People;
import org.lethe.subject.Person;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A server that is in recovery takes no temporary tables and gives the same export. */
class StandbyTest {

  private static final String SQL =
      """
      create table account (id int primary key, name text, boss int references account);
      create table post (id int primary key, author int references account, pinned int);
      create table comment (id int primary key, post int references post, author int references account,
        answers int references comment, body text);
      alter table post add foreign key (pinned) references comment;
      create table payment (id int, day date, account int references account, primary key (id, day))
        partition by range (day);
      create table payment_old partition of payment for values from (minvalue) to ('2026-01-01');
      create table payment_new partition of payment for values from ('2026-01-01') to (maxvalue);
      create table log (account_name text, line text);
      insert into account values (1, 'Ada', null), (2, 'Bob', 1);
      insert into post select i, 1 + i % 2, null from generate_series(1, 40) i;
      insert into comment select i, 1 + i % 40, 1 + i % 2, null, 'body ' || i from generate_series(1, 300) i;
      update comment set answers = id - 1 where id > 1;
      insert into payment select i, date '2025-12-01' + i, 1 + i % 2 from generate_series(1, 60) i;
      insert into log values ('Ada ', 'a'), ('bob', 'b'), ('ada', 'c');
      """;

  private static final String POLICY =
      """
      version: 1
      tables: { account: { label: "{name}" }, comment: { label: "{body}" } }
      relations:
        account.boss: { on_delete: set_null, owner: mentioned }
        post.author: { on_delete: cascade, owner: shared }
        post.pinned: { on_delete: set_null, owner: mentioned }
        comment.post: { on_delete: cascade, owner: shared }
        comment.author: { on_delete: cascade, owner: shared }
        comment.answers: { on_delete: cascade, owner: shared }
        payment.account: cascade
      links:
        - { from: log.account_name, to: account.name, normalise: lower_trim, on_delete: cascade, owner: sole }
      subjects:
        account: { table: account, identify_by: [name, id] }
      """;

  @Test
  void givesWhatThePrimaryGives(@TempDir Path folder) throws Exception {
    Path first = folder.resolve("first");
    byte[] expected;
    String name;
    try (PostgresServer primary = PostgresServer.start(first, 0)) {
      PGSimpleDataSource database = primary.createDatabase();
      PostgresServer.execute(database, SQL);
      name = String.valueOf(database.getDatabaseName());
      expected = export(lethe(database, database));
      assertThat(ExportScene.unzipped(expected)).containsKey("pages/comment-1.html");
    }
    Path second = folder.resolve("second");
    copy(first, second);
    try (PostgresServer primary = PostgresServer.start(first, 0);
        PostgresServer standby = PostgresServer.start(second, 0)) {
      PGSimpleDataSource there = standby.dataSource(name);
      assertThatThrownBy(() -> new JdbcTemplate(there).execute("create temporary table t ()"))
          .hasMessageContaining("read-only");
      Map<String, String> files =
          ExportScene.unzipped(export(lethe(primary.dataSource(name), there)));
      ExportScene.unzipped(expected)
          .forEach((path, content) -> assertThat(files.get(path)).as(path).isEqualTo(content));
      assertThat(files).hasSameSizeAs(ExportScene.unzipped(expected));
    }
  }

  private static Lethe lethe(PGSimpleDataSource primary, PGSimpleDataSource replica) {
    return Lethe.builder(primary)
        .policy(PolicyReader.read("lethe.yaml", POLICY))
        .clock(ExportScene.CLOCK)
        .replica(replica)
        .build();
  }

  private static byte[] export(Lethe lethe) {
    Exporter exporter = lethe.exporter();
    Person ada = exporter.find(People.type(lethe.decisions(), "account"), "Ada");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    exporter.export(ada, List.of(), ExportOptions.USUAL, out);
    return out.toByteArray();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
        if (file.getFileName().toString().equals("PG_VERSION")
            && Files.exists(file.resolveSibling("global"))) {
          Files.writeString(
              to.resolve(from.relativize(file.resolveSibling("standby.signal")).toString()), "");
        }
      }
    }
  }
}
