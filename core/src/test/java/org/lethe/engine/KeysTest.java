package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lethe.engine.TestDatabase.deleted;
import static org.lethe.engine.TestDatabase.row;
import static org.lethe.engine.TestDatabase.rows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.execute.DeletionReport;
import org.lethe.plan.Tolerance;
import org.lethe.policy.PolicyException;
import org.lethe.schema.TableId;

/** Keys of every shape and type, and the names they may have. */
class KeysTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void compositeKeysOverThreeLevels(boolean nativeCascade) {
    TestDatabase database =
        TestDatabase.with(
            """
            create table purchase (shop int, no text, primary key (shop, no));
            create table line (pos int, no text, shop int, primary key (no, pos, shop),
              foreign key (shop, no) references purchase on delete cascade);
            create table note (id int primary key, s int, p int, n text,
              foreign key (n, s, p) references line (no, shop, pos) on delete cascade);
            insert into purchase values (1, 'a'), (1, 'b'), (2, 'a');
            insert into line select p, no, shop from purchase, generate_series(1, 3) p;
            insert into note select row_number() over (), shop, pos, no from line;
            -- A key with one null refers to nothing.
            insert into note values (100, 1, null, 'a');
            """);
    Lethe lethe = database.lethe(nativeCascade);

    DeletionReport report = database.deleteAsPreviewed(lethe, row("purchase", 1, "a"));

    assertThat(deleted(lethe, report)).isEqualTo(Map.of("purchase", 1L, "line", 3L, "note", 3L));
    assertThat(database.texts("select shop || no from purchase order by 1"))
        .containsExactly("1b", "2a");
    assertThat(database.number("select count(*) from note where s = 1 and n = 'a'")).isEqualTo(1);
  }

  @Test
  void keysToUniqueConstraintsAndIndexes() {
    TestDatabase database =
        TestDatabase.with(
            """
            create table person (id int primary key, email text unique, code text);
            create unique index on person (code);
            create table login (id int primary key, email text references person (email));
            create table badge (code text references person (code), id int primary key);
            insert into person values (1, 'a@x', 'A'), (2, 'b@x', null), (3, null, 'C');
            insert into login values (1, 'a@x'), (2, 'b@x'), (3, null);
            insert into badge values ('A', 1), ('C', 2), (null, 3);
            """);
    Lethe lethe = database.lethe("login.email: cascade", "badge.code: cascade");

    assertThat(database.deleteAsPreviewed(lethe, rows("person", 1, 3)).total()).isEqualTo(5);
    assertThat(database.texts("select id::text from login order by 1")).containsExactly("2", "3");
    assertThat(database.texts("select id::text from badge")).containsExactly("3");
  }

  private static final String TENANTS =
      """
      create table tenant (id int primary key);
      create table team (tenant int references tenant, id int, primary key (tenant, id));
      create table person (tenant int references tenant, id int, primary key (tenant, id));
      create table task (
        id int primary key, tenant int %s, team int, owner int,
        foreign key (tenant, team) references team,
        foreign key (tenant, owner) references person);
      insert into tenant values (1), (2);
      insert into team values (1, 1), (1, 2), (2, 1);
      insert into person values (1, 1), (1, 2), (2, 1);
      insert into task values (1, 1, 1, 1), (2, 1, 1, 2), (3, 1, 2, 1), (4, 2, 1, 1);
      """;

  private static final String[] TENANT_RULES = {
    "team.tenant: cascade",
    "person.tenant: cascade",
    "task(tenant, team): set_null",
    "task(tenant, owner): set_null"
  };

  private static final String TASKS =
      "select concat_ws(' ', id, coalesce(tenant::text, '-'), coalesce(team::text, '-'),"
          + " coalesce(owner::text, '-')) from task order by id";

  @Test
  void overlappingKeysLoseOnlyWhatCanBeNull() {
    TestDatabase database = TestDatabase.with(TENANTS.formatted("not null"));
    Lethe lethe = database.lethe(TENANT_RULES);

    DeletionReport team = database.deleteAsPreviewed(lethe, row("team", 1, 1));
    assertThat(team.counts().updated()).isEqualTo(Map.of("task(tenant, team)", 2L));
    assertThat(database.texts(TASKS)).containsExactly("1 1 - 1", "2 1 - 2", "3 1 2 1", "4 2 1 1");

    DeletionReport tenant = database.deleteAsPreviewed(lethe, rows("tenant", 1));
    assertThat(tenant.counts().updated())
        .isEqualTo(Map.of("task(tenant, team)", 1L, "task(tenant, owner)", 3L));
    assertThat(database.texts(TASKS)).containsExactly("1 1 - -", "2 1 - -", "3 1 - -", "4 2 1 1");
  }

  @Test
  void overlappingKeysThatShareANullableColumnAreBothNulled() {
    TestDatabase database = TestDatabase.with(TENANTS.formatted(""));
    Lethe lethe = database.lethe(TENANT_RULES);

    DeletionReport tenant = database.deleteAsPreviewed(lethe, rows("tenant", 1));

    assertThat(tenant.counts().updated())
        .isEqualTo(Map.of("task(tenant, team)", 3L, "task(tenant, owner)", 3L));
    assertThat(database.texts(TASKS)).containsExactly("1 - - -", "2 - - -", "3 - - -", "4 2 1 1");
  }

  @Test
  void aRowThatLosesOneReferenceByOverlapMayStillGoByAnother() {
    TestDatabase database = TestDatabase.with(TENANTS.formatted(""));
    Lethe lethe =
        database.lethe(
            "team.tenant: cascade",
            "person.tenant: cascade",
            "task(tenant, team): set_null",
            "task(tenant, owner): cascade");

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("tenant", 1));

    assertThat(report.counts().updated()).isEmpty();
    assertThat(database.texts(TASKS)).containsExactly("4 2 1 1");
  }

  @Test
  void theDatabasesRuleMayNameTheColumnsToNull() {
    TestDatabase database =
        TestDatabase.with(
            """
            create table team (tenant int, id int, primary key (tenant, id));
            create table task (id int primary key, tenant int, team int,
              foreign key (tenant, team) references team on delete set null (team));
            insert into team values (1, 1);
            insert into task values (1, 1, 1);
            """);
    DeletionReport report = database.deleteAsPreviewed(database.lethe(), row("team", 1, 1));

    assertThat(report.counts().updated()).isEqualTo(Map.of("task(tenant, team)", 1L));
    assertThat(database.texts("select tenant || coalesce(team::text, '-') from task"))
        .containsExactly("1-");
  }

  @Test
  void matchFullIsNulledWhole() {
    TestDatabase database =
        TestDatabase.with(
            """
            create table team (tenant int, id int, primary key (tenant, id));
            create table task (id int primary key, tenant int, team int,
              foreign key (tenant, team) references team match full);
            insert into team values (1, 1);
            insert into task values (1, 1, 1);
            """);
    Lethe lethe = database.lethe("task(tenant, team): set_null");

    assertThat(database.deleteAsPreviewed(lethe, row("team", 1, 1)).total()).isEqualTo(1);
    assertThat(database.number("select num_nulls(tenant, team) from task")).isEqualTo(2);
  }

  @Test
  void compositeReassign() {
    TestDatabase database = TestDatabase.with(TENANTS.formatted("not null"));
    Lethe lethe =
        database.lethe("task(tenant, team): { reassign: [1, 2] }", "task(tenant, owner): set_null");

    DeletionReport report = database.deleteAsPreviewed(lethe, row("team", 1, 1));

    assertThat(report.counts().updated()).isEqualTo(Map.of("task(tenant, team)", 2L));
    assertThat(database.texts(TASKS)).containsExactly("1 1 2 1", "2 1 2 2", "3 1 2 1", "4 2 1 1");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "bigint|9223372036854775807|1",
        "numeric(12,3)|12345.678|1.5",
        "text|it''s; \"x\" \\ é|b",
        "varchar(10)|abc|abd",
        "char(5)|ab|ac",
        "uuid|00000000-0000-0000-0000-00000000000a|00000000-0000-0000-0000-00000000000b",
        "boolean|true|false",
        "date|2024-02-29|2024-03-01",
        "timestamptz|2024-02-29 12:00:00.123456+02|2024-03-01 00:00:00Z",
        "interval|1 mon 2 days|3 days",
        "inet|10.0.0.1|::1",
        "bytea|\\x00ff|\\x01",
        "bit(3)|101|111",
        "double precision|0.1|NaN",
        "int[]|{1,2,3}|{}",
        "text[]|{\"a,b\",NULL}|{x}",
        "jsonb|{\"a\": [1, null]}|[]",
        "int4range|[1,5)|empty",
        "mood|so so|it''s",
        "email|Ann@X.org|b@y",
        "positive|7|8",
        "point2|(1,2)|(3,4)",
      })
  void keysOfEveryType(String type, String key, String other) {
    TestDatabase database =
        TestDatabase.with(
            """
            create type mood as enum ('so so', 'it''s');
            create domain email as varchar(40) check (value like '%@%');
            create domain positive as int check (value > 0);
            create type point2 as (x int, y int);
            """);
    database.run(
        """
        create table p (k %1$s primary key);
        create table c (id int primary key, k %1$s references p);
        create table d (k %1$s primary key references p);
        insert into p values ('%2$s'), ('%3$s');
        insert into c values (1, '%2$s'), (2, '%2$s'), (3, '%3$s'), (4, null);
        insert into d select k from p;
        """
            .formatted(type, key, other));
    Lethe lethe = database.lethe("c.k: cascade", "d.k: cascade");
    String plain = key.replace("''", "'");

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("p", plain));

    assertThat(deleted(lethe, report)).isEqualTo(Map.of("p", 1L, "c", 2L, "d", 1L));
    assertThat(
            database.number(
                "select count(*) from p where k = cast('%s' as %s)".formatted(other, type)))
        .isEqualTo(1);
    Lethe reassigning = database.lethe("c.k: set_null", "d.k: cascade");
    assertThat(
            reassigning
                .apply(reassigning.plan(rows("p", other.replace("''", "'"))), Tolerance.NONE)
                .total())
        .isEqualTo(2);
    assertThat(database.number("select count(*) from c where k is null")).isEqualTo(2);
  }

  @Test
  void identityAndGeneratedColumns() {
    TestDatabase database =
        TestDatabase.with(
            """
            create table account (
              id bigint generated always as identity primary key,
              name text,
              code text generated always as (lower(name)) stored unique);
            create table session (
              id bigint generated by default as identity primary key,
              account bigint not null references account,
              raw text,
              code text generated always as (lower(raw)) stored references account (code));
            insert into account (name) values ('ANN'), ('BEN');
            insert into session (account, raw) values (1, 'Ann'), (1, 'BEN'), (2, 'aNN'), (2, null);
            """);
    Lethe lethe = database.lethe("session.account: cascade", "session.code: cascade");

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("account", 1));

    assertThat(deleted(lethe, report)).isEqualTo(Map.of("account", 1L, "session", 3L));
    assertThat(database.texts("select id::text from session")).containsExactly("4");
    assertThatThrownBy(() -> database.lethe("session.code: set_null"))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("session.code: set_null cannot hold: the database itself computes");
  }

  @Test
  void quotedAndReservedNamesInTwoSchemas() {
    TestDatabase database =
        TestDatabase.with(
            """
            create schema "select";
            create table "user" ("order" int primary key, "Mixed Case" int unique);
            create table "select"."user" (
              "group" int primary key,
              "user" int references public."user" on delete cascade);
            create table "select"."do.t""s %s" (
              "p.k" int primary key,
              "%%" int references "select"."user",
              "a, b" int references public."user" ("Mixed Case"));
            insert into "user" values (1, 10), (2, 20);
            insert into "select"."user" values (1, 1), (2, 1), (3, 2);
            insert into "select"."do.t""s %s" values (1, 1, 20), (2, 3, 10), (3, 3, 20);
            """);
    Lethe lethe =
        database.lethe(
            "'select.\"do.t\"\"s %s\".%%': cascade",
            "'select.\"do.t\"\"s %s\".\"a, b\"': set_null");

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("user", 1));

    assertThat(report.counts().deleted())
        .isEqualTo(
            Map.of(
                new TableId("public", "user"), 1L,
                new TableId("select", "user"), 2L,
                new TableId("select", "do.t\"s %s"), 1L));
    assertThat(report.counts().updated().values()).containsExactly(1L);
    assertThat(
            database.texts(
                "select \"p.k\" || coalesce(\"a, b\"::text, '-') from \"select\".\"do.t\"\"s %s\" order by 1"))
        .containsExactly("2-", "320");
    Roots.Where where = new Roots.Where(new TableId("select", "user"), "\"group\" = 3");
    assertThat(database.deleteAsPreviewed(lethe, where).total()).isEqualTo(3);
    assertThat(List.of(database.count("\"user\""), database.count("\"select\".\"user\"")))
        .isEqualTo(List.of(1L, 0L));
  }
}
