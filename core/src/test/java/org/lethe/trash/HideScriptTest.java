package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.error.NotPermittedException;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.TableId;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the application's own role sees of marked rows. */
class HideScriptTest {

  private static final TableId PERSON = new TableId("public", "person");

  private static final String POLICY =
      """
      version: 1
      tables:
        person: { trash: { strategy: flag } }
        "Odd name": { trash: { strategy: flag } }
      relations: { note.person_id: cascade }
      """;

  private PGSimpleDataSource database = new PGSimpleDataSource();
  private JdbcTemplate owner = new JdbcTemplate();
  private JdbcTemplate application = new JdbcTemplate();
  private String role = "";

  @BeforeEach
  void create() {
    database = PostgresServer.shared().createDatabase();
    role = "App " + UUID.randomUUID();
    PostgresServer.execute(
        database,
        """
        create table person (id int primary key, name text, deleted boolean not null default false);
        create table note (id int primary key, person_id int references person);
        create table "Odd name" (id int primary key, deleted_at timestamptz);
        insert into person values (1, 'Ada', false), (2, 'Bob', false);
        insert into note values (1, 1), (2, 2);
        insert into "Odd name" values (1, null), (2, now());
        create role "%1$s" login;
        grant select, insert, update, delete on all tables in schema public to "%1$s";
        """
            .formatted(role));
    LedgerSchema.migrate(database);
    owner = new JdbcTemplate(database);
    PGSimpleDataSource asApplication =
        PostgresServer.shared().dataSource(String.valueOf(database.getDatabaseName()));
    asApplication.setUser(role);
    application = new JdbcTemplate(asApplication);
  }

  @AfterEach
  void drop() {
    PostgresServer.execute(database, "drop owned by \"%1$s\"; drop role \"%1$s\"".formatted(role));
  }

  @Test
  void rowSecurityHidesMarkedRowsFromTheRoleAlone() {
    run(script().policies(role));
    UUID deletion = delete(1);

    assertThat(names(application)).containsExactly("Bob");
    assertThat(names(owner)).containsExactly("Ada", "Bob");
    assertThat(application.queryForList("select id from \"Odd name\"", Integer.class))
        .containsExactly(1);
    assertThat(application.update("update person set name = name || '!'")).isEqualTo(1);
    assertThat(application.update("delete from person where id = 1")).isZero();
    application.update("insert into person values (3, 'Cy', false)");

    lethe().trash().restore(deletion, new By("tester", null));
    assertThat(names(application)).containsExactly("Ada", "Bob!", "Cy");

    run(script().policies(role));
    run(script().undoPolicies());
    delete(1);
    assertThat(names(application)).containsExactly("Ada", "Bob!", "Cy");
    assertThat(lethe().catalog().table(PERSON).rowSecurity()).isFalse();
  }

  @Test
  void rulesThatWereThereStayAsTheyWere() {
    run(
        """
        alter table person enable row level security;
        create policy own on person using (name <> 'Bob');
        """);
    run(script().policies(role));
    delete(1);

    assertThat(names(application)).as("what was hidden stays hidden").isEmpty();
    run(script().undoPolicies());
    assertThat(names(application)).containsExactly("Ada");
    assertThat(lethe().catalog().table(PERSON).rowSecurity()).isTrue();
  }

  @Test
  void viewsHideMarkedRowsAndTakeTheirPlace() {
    run(script().views(role, "live rows"));
    run(script().views(role, "live rows"));
    delete(1);

    assertThat(names(application)).containsExactly("Bob");
    application.update("insert into person (id, name) values (3, 'Cy')");
    assertThat(names(application)).containsExactly("Bob", "Cy");
    assertThatThrownBy(() -> names(application, "public.person"))
        .hasStackTraceContaining("permission denied for table person");
  }

  @Test
  void aRoleThatCannotSeeEverythingCannotRemoveEither() {
    run(script().policies(role));
    PGSimpleDataSource asApplication =
        PostgresServer.shared().dataSource(String.valueOf(database.getDatabaseName()));
    asApplication.setUser(role);
    Lethe lethe = Lethe.of(asApplication, PolicyReader.read("test", POLICY));

    assertThatThrownBy(() -> lethe.delete(new Roots.Keys(PERSON, List.of(List.of("2")))))
        .isInstanceOf(NotPermittedException.class);
    assertThat(names(owner)).containsExactly("Ada", "Bob");
  }

  private void run(String script) {
    PostgresServer.execute(database, script);
  }

  private HideScript script() {
    Lethe lethe = lethe();
    return new HideScript(lethe.decisions(), Dialect.of(lethe.catalog()));
  }

  private Lethe lethe() {
    return Lethe.of(database, PolicyReader.read("test", POLICY));
  }

  private UUID delete(int person) {
    Roots roots = new Roots.Keys(PERSON, List.of(List.of(Integer.toString(person))));
    return Objects.requireNonNull(
        lethe().trash().delete(roots, Period.ofDays(1), new By("tester", null)).deletion());
  }

  private static List<String> names(JdbcTemplate jdbc) {
    return names(jdbc, "person");
  }

  private static List<String> names(JdbcTemplate jdbc, String table) {
    return jdbc.queryForList("select name from " + table + " order by id", String.class);
  }
}
