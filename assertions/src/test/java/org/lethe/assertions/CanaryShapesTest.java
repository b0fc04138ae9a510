package org.lethe.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.policy.PolicyReader;
import org.lethe.subject.request.State;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tables of awkward shapes, most of them empty, so that no row shows how one looks. */
@SuppressWarnings("NullAway.Init")
class CanaryShapesTest {

  private static final String SCHEMA =
      """
      create type mood as enum ('glad', 'sad');
      create domain short_code as varchar(4);
      create table region (code short_code primary key, name text not null);
      create table shop (id uuid primary key, region_code short_code not null references region, open boolean not null);
      create table person (
        tenant int not null, id int generated always as identity, email varchar(40) not null unique,
        handle varchar(9) not null, pin char(4), feeling mood not null, born date not null,
        about jsonb, nicknames text[] not null, face bytea, scanned xml, ip inet not null,
        shout text generated always as (upper(handle)) stored,
        primary key (tenant, id));
      create table purchase (
        shop_id uuid not null references shop, number smallint not null, tenant int not null, buyer int not null,
        paid numeric(8, 2) not null, remark varchar(200), at timestamptz not null,
        primary key (shop_id, number),
        foreign key (tenant, buyer) references person on delete cascade);
      create table "Log" (id bigserial primary key, what json not null);
      create table knows (
        tenant int not null, one int not null, other int not null, since date,
        primary key (tenant, one, other),
        foreign key (tenant, one) references person on delete cascade,
        foreign key (tenant, other) references person on delete cascade);
      create materialized view handles as select handle from person with no data;
      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        person:
          erase: delete
          columns:
            email: { category: contact }
            handle: { category: identifier }
      links:
        - { from: Log.what, path: "$.who.id", to: person.id, on_delete: cascade, owner: sole }
      subjects:
        person: { table: person, identify_by: [email] }
      """;

  private PGSimpleDataSource database;

  @BeforeEach
  void create() {
    database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, SCHEMA);
    LedgerSchema.migrate(database);
  }

  private Canary canary(String policy) {
    return Canary.of(
        Lethe.of(database, PolicyReader.read("lethe.yaml", policy)), database, "person");
  }

  @Test
  void anEmptyDatabaseWillDo() {
    CanaryReport report = canary(POLICY).assertErased();
    assertThat(report.state()).isEqualTo(State.COMPLETED);
    assertThat(report.seeded())
        .containsEntry("person", 1L)
        .containsEntry("purchase", 1L)
        .containsEntry("shop", 1L)
        .containsEntry("region", 1L)
        .containsEntry("Log", 1L);
    assertThat(report.noRoom()).containsExactly("person.pin");
    assertThat(rows("region") + rows("shop")).isEqualTo(2);
    assertThat(rows("person") + rows("purchase") + rows("\"Log\"") + rows("knows")).isZero();
  }

  @Test
  void whatIsMadeForItGoesToo() {
    canary(POLICY).tidy().assertErased();
    assertThat(rows("region") + rows("shop")).isZero();
    assertThat(rows("lethe.request") + rows("lethe.erased") + rows("lethe.suppressed")).isZero();
  }

  @Test
  void rowsThatAreThereAreLeftAlone() {
    canary(POLICY).assertErased();
    canary(POLICY).assertErased();
    assertThat(rows("region") + rows("shop")).isEqualTo(2);
  }

  @Test
  void whatMustBeUniqueIsNewWhateverMakesItSo() {
    PostgresServer.execute(
        database,
        """
        create table badge (
          tenant int not null, person int not null, code text not null, slot int not null check (slot between 1 and 9),
          primary key (tenant, person),
          foreign key (tenant, person) references person on delete cascade);
        create unique index on badge (lower(code));
        insert into person (tenant, email, handle, feeling, born, nicknames, ip)
        values (7, 'ada@example.org', 'ada', 'glad', '1990-01-01', '{}', '10.0.0.1');
        insert into badge select tenant, id, 'B-1', 9 from person;
        """);
    String policy =
        POLICY.replace("tables:", "tables:\n  badge: { columns: { code: { category: none } } }");
    assertThat(canary(policy).assertErased().seeded()).containsEntry("badge", 1L);
    assertThat(rows("badge")).isEqualTo(1);
  }

  @Test
  void whatStaysOnlyBecauseSomethingKeptNeedsItIsFound() {
    String retained =
        POLICY
            .replaceAll("(?s)    erase: delete.*?links:", "    erase: delete\nlinks:")
            .replace(
                "tables:",
                "tables:\n  purchase: { retain: { for: P10Y, from: at, ground: \"17(3)(b)\" } }");
    assertThatThrownBy(() -> canary(retained).assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            "person.email: the canary is still there, in 1 row; rows of person stay")
        .message()
        .doesNotContain("purchase.remark");
  }

  @Test
  void aTableCanBeLeftOut() {
    assertThat(canary(POLICY).except("purchase").assertErased().seeded())
        .doesNotContainKeys("purchase", "shop");
  }

  @Test
  void bytesAndDocumentsAreLookedThrough() {
    PostgresServer.execute(
        database,
        """
        create table copy (face bytea, about jsonb);
        create table lethe.copy (handle text);
        create function keep() returns trigger language plpgsql as $$
        begin
          insert into public.copy values (old.face, old.about);
          insert into lethe.copy values (old.handle);
          return old;
        end $$;
        create trigger kept before delete on person for each row execute function keep();
        """);
    assertThatThrownBy(() -> canary(POLICY).assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("copy.face: the canary is still there, in 1 row")
        .hasMessageContaining("copy.about: the canary is still there, in 1 row")
        .hasMessageContaining(
            "lethe.copy.handle: the canary is still there, in 1 row; Lethe itself should not keep this");
  }

  @Test
  void anExportThatLacksSomethingOrSaysTooMuchIsFound() {
    PostgresServer.execute(
        database,
        """
        create function mix() returns trigger language plpgsql as $$
        begin new.nicknames := array[new.handle]; return new; end $$;
        create trigger mixed before insert on person for each row execute function mix();
        """);
    String secret =
        POLICY.replace(
            "handle: { category: identifier }", "handle: { category: secret, export: never }");
    assertThatThrownBy(() -> canary(secret).assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("export: person.handle is handed out, although the policy never does")
        .hasMessageContaining(
            "export: person.nicknames of the canary is missing, although the policy hands it out");
  }

  @Test
  void aDatabaseWithoutTheLedgerSaysSo() {
    PostgresServer.execute(database, "drop schema lethe cascade");
    assertThatThrownBy(() -> canary(POLICY).assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("lethe");
  }

  @Test
  void aRowThatNeedsItsOwnKindSaysSo() {
    PostgresServer.execute(
        database,
        """
        create table a (id int primary key, b int not null);
        create table b (id int primary key, a int not null references a);
        alter table a add foreign key (b) references b;
        create table c (id int primary key, a int not null references a, tenant int not null, person int not null,
          foreign key (tenant, person) references person on delete cascade);
        """);
    assertThatThrownBy(() -> canary(POLICY).assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no row can be made in a, since it needs one that needs it");
  }

  private long rows(String table) {
    Long rows =
        new JdbcTemplate(database).queryForObject("select count(*) from " + table, Long.class);
    return rows == null ? -1 : rows;
  }
}
