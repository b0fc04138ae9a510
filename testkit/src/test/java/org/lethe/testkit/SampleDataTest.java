package org.lethe.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class SampleDataTest {

  @Test
  void loadsChinook() throws Exception {
    Optional<PGSimpleDataSource> chinook = Samples.chinook();
    assumeTrue(chinook.isPresent(), SampleData.ABSENT);

    DatabaseDigest digest = DatabaseDigest.of(chinook.orElseThrow());

    assertThat(digest.rows("public.customer")).isEqualTo(59);
    assertThat(digest.rows("public.invoice_line")).isEqualTo(2240);
    assertThat(digest.rows()).isEqualTo(15_607);
  }

  @Test
  void loadsPagilaWithItsCopyBlocks() throws Exception {
    Optional<PGSimpleDataSource> pagila = Samples.pagila();
    assumeTrue(pagila.isPresent(), SampleData.ABSENT);

    DatabaseDigest digest = DatabaseDigest.of(pagila.orElseThrow());

    assertThat(digest.rows("public.customer")).isEqualTo(599);
    assertThat(digest.rows("public.rental")).isEqualTo(16_044);
    assertThat(digest.rows("public.payment")).isEqualTo(16_049);
  }

  @Test
  void looksUpwardFromTheWorkingDirectory(@TempDir Path folder) throws Exception {
    Path deep = Files.createDirectories(folder.resolve("a/b/c"));
    assertThat(foundBelow(folder, SampleData.CHINOOK, deep)).isEmpty();

    Path chinook = Files.createDirectories(folder.resolve("shared/data/chinook"));
    Files.writeString(chinook.resolve("chinook-postgres.sql"), "");

    assertThat(SampleData.CHINOOK.find(null, deep)).contains(chinook);
    assertThat(foundBelow(folder, SampleData.PAGILA, deep)).isEmpty();
  }

  /** What lies above a test's own folder is the machine's: the real data may well be there. */
  private static Optional<Path> foundBelow(Path folder, SampleData data, Path workingDirectory) {
    return data.find(null, workingDirectory).filter(found -> found.startsWith(folder));
  }

  @Test
  void refusesAFolderThatWasNamedButHoldsNothing(@TempDir Path folder) {
    assertThatThrownBy(() -> SampleData.PAGILA.find(folder.toString(), folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("01-schema.sql")
        .hasMessageContaining(SampleData.PROPERTY);
  }

  @Test
  void runsDumpsWithoutPsql() throws Exception {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    String dump =
        """
        \\restrict abc
        -- A comment; with a semicolon
        create table t (a int, b text);
        create function f() returns int language plpgsql as $$
        begin
          return 1;
        end $$;

        COPY public.t (a, b) FROM stdin;
        1	x;
        2	\\N
        3	tab\\tand -- dashes
        \\.

        insert into t values (4, 'after
        \\echo is text here');
        \\unrestrict abc
        """;

    try (Connection c = database.getConnection();
        var s = c.createStatement()) {
      SqlScript.run(c, new BufferedReader(new StringReader(dump)));

      try (var rs =
          s.executeQuery("select string_agg(coalesce(b, 'null'), '|' order by a), f() from t")) {
        rs.next();
        assertThat(rs.getString(1))
            .isEqualTo("x;|null|tab\tand -- dashes|after\n\\echo is text here");
      }
    }
  }

  @Test
  void givesACopyBlocksFaultAndLeavesTheConnectionUsable() throws Exception {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    String dump = "create table t (a int);\ncopy t from stdin;\nnot a number\n\\.\n";

    try (Connection c = database.getConnection();
        var s = c.createStatement()) {
      assertThatThrownBy(() -> SqlScript.run(c, new BufferedReader(new StringReader(dump))))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("integer");
      assertThat(s.execute("select 1")).isTrue();
    }
  }

  @Test
  void givesAFreshCopyEachTime() throws Exception {
    PGSimpleDataSource first = Samples.plaza();
    PGSimpleDataSource second = Samples.plaza();
    DatabaseDigest before = DatabaseDigest.of(second);

    PostgresServer.execute(first, "delete from event");

    assertThat(DatabaseDigest.of(second)).isEqualTo(before);
    assertThat(DatabaseDigest.of(Samples.plaza())).isEqualTo(before);
  }
}
