package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

class LedgerSchemaTest {

  private final PGSimpleDataSource database = PostgresServer.shared().createDatabase();
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final String role = "r" + database.getDatabaseName();

  @AfterEach
  void dropRole() {
    PostgresServer.execute(
        database,
        """
        do $$ begin
          if exists (select from pg_roles where rolname = '%1$s') then
            execute 'drop owned by "%1$s"'; execute 'drop role "%1$s"';
          end if;
        end $$
        """
            .formatted(role));
  }

  private DataSource weak() {
    PostgresServer.execute(database, "create role \"" + role + "\" login");
    PGSimpleDataSource weak = new PGSimpleDataSource();
    weak.setUrl(database.getUrl());
    weak.setUser(role);
    return weak;
  }

  @Test
  void theLatestMigrationIsKnownByNumber() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(LedgerSchema.class.getResource("postgresql")).toURI());
    try (Stream<Path> scripts = Files.list(folder)) {
      assertThat(
              scripts
                  .map(f -> f.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"))
                  .mapToInt(Integer::parseInt)
                  .max())
          .as("LedgerSchema.LATEST says which migration is the last one")
          .hasValue(LedgerSchema.LATEST);
    }
  }

  @Test
  void whatIsUpToDateIsLeftAlone() {
    assertThat(LedgerSchema.exists(database)).isFalse();
    LedgerSchema.migrate(database);
    assertThat(LedgerSchema.exists(database)).isTrue();
    // Flyway would refuse this; that it is not asked shows that nothing was started.
    sql.update("update lethe.schema_history set checksum = 1 where version is not null");
    LedgerSchema.migrate(database);
  }

  @Test
  void whatAnOlderLetheKeptIsStillThere() {
    Flyway.configure()
        .dataSource(database)
        .defaultSchema("lethe")
        .table("schema_history")
        .locations("classpath:org/lethe/trash/postgresql")
        .target("1")
        .load()
        .migrate();
    sql.execute(
        """
        insert into lethe.deletion (deletion_id, deleted_at, root_table, actor, policy_hash, catalog_hash,
                                    plan_hash, counts, keep_until)
        values (gen_random_uuid(), now(), 'a', 'tester', '', '', '', '{}', now());
        insert into lethe.archived_table (deletion_id, position, table_schema, table_name, columns, types,
                                          identity, removed)
        select deletion_id, n, 'public', 'a', '{id}', '{int}', '{id}', n = 1
          from lethe.deletion, generate_series(1, 2) as n
        """);

    LedgerSchema.migrate(database);

    assertThat(
            sql.queryForList(
                "select fate from lethe.archived_table order by position", String.class))
        .containsExactly("removed", "changed");
  }

  @Test
  void whatIsNewerOrBrokenIsLeftAlone() {
    LedgerSchema.migrate(database);
    sql.update(
        "update lethe.schema_history set success = false where version = '"
            + LedgerSchema.LATEST
            + "'");
    assertThatThrownBy(() -> LedgerSchema.migrate(database)).isInstanceOf(LetheException.class);
    sql.update(
        "update lethe.schema_history set version = '4711' where version = '"
            + LedgerSchema.LATEST
            + "'");
    assertThatThrownBy(() -> LedgerSchema.migrate(database))
        .isInstanceOf(LetheException.class)
        .hasMessageContaining("from a newer Lethe (version 4711");
  }

  @Test
  void aRoleThatMayNotMakeThemIsTold() {
    DataSource weak = weak();
    assertThatThrownBy(() -> LedgerSchema.check(weak))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("may not create the schema lethe");
    PostgresServer.execute(database, "create schema lethe");
    assertThatThrownBy(() -> LedgerSchema.migrate(weak)).isInstanceOf(NotPermittedException.class);
    LedgerSchema.check(database);
    assertThat(LedgerSchema.exists(database)).isFalse();
  }

  @Test
  void aRoleThatMayNotUseThemIsTold() {
    LedgerSchema.migrate(database);
    DataSource weak = weak();
    assertThat(LedgerSchema.exists(weak)).isTrue();
    assertThatThrownBy(() -> LedgerSchema.check(weak))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("usage on schema lethe");
    PostgresServer.execute(
        database,
        """
        grant usage on schema lethe to "%1$s";
        grant select, insert, update, delete on all tables in schema lethe to "%1$s";
        """
            .formatted(role));
    LedgerSchema.migrate(weak);
  }
}
