package org.lethe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseDigestTest {

  private static final String TABLES =
      """
      create table without_key (a int, b text);
      insert into without_key values (1, 'x'), (2, null), (3, '');
      create table many_types (
        id int primary key, n numeric, d double precision, j json, jb jsonb, r int4range,
        a text[], t timestamptz, tz timetz, i interval, b bytea, x xml, c "char", p point,
        g int generated always as (id * 2) stored);
      insert into many_types (id, n, d, j, jb, r, a, t, tz, i, b, x, c, p) values
        (1, 1.0, 0.1, '{"a": 1}', '{"a": 1}', '[1,5)', '{a,NULL,"b,c"}', '2026-01-01 00:00:00+00',
         '12:00:00+02', '1 mon 2 days', '\\x00ff', '<a/>', 'q', '(1,2)');
      create table parted (id int, y int, primary key (id, y)) partition by list (y);
      create table parted_1 partition of parted for values in (1);
      create table parted_2 partition of parted for values in (2);
      insert into parted values (1, 1), (2, 2);
      create table parent (id int);
      create table child () inherits (parent);
      insert into parent values (1);
      insert into child values (2);
      create table whole_row (whole_row int);
      insert into whole_row values (7);
      create table without_columns ();
      insert into without_columns default values;
      create schema "Other One";
      create table "Other One"."order" ("when" date);
      """;

  private PGSimpleDataSource database;

  @BeforeEach
  void create() {
    database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, TABLES);
  }

  @Test
  void countsRowsOfEveryTable() throws Exception {
    DatabaseDigest digest = DatabaseDigest.of(database);

    assertThat(digest.tables().keySet())
        .containsExactly(
            "\"Other One\".\"order\"",
            "public.child",
            "public.many_types",
            "public.parent",
            "public.parted",
            "public.whole_row",
            "public.without_columns",
            "public.without_key");
    assertThat(digest.rows("public.parted")).isEqualTo(2);
    assertThat(digest.rows("public.parent")).isEqualTo(1);
    assertThat(digest.rows()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update without_key set b = '' where a = 2",
        "update without_key set b = null where a = 3",
        "update many_types set n = 1.00",
        "update many_types set d = 0.1::float8 + 1e-17",
        "update many_types set j = '{\"a\":1}'",
        "update many_types set a = '{a,\"NULL\",\"b,c\"}'",
        "update many_types set a = '[2:4]={a,NULL,\"b,c\"}'",
        "update many_types set t = t + interval '1 microsecond'",
        "update many_types set tz = '11:00:00+01'",
        "update many_types set i = '32 days'",
        "update many_types set b = '\\x00fe'",
        "update many_types set x = '<a></a>'",
        "update many_types set p = '(1,2.0000000000000004)'",
        "update parted set y = 2 where id = 1",
        "insert into parent values (2); delete from child",
        "update whole_row set whole_row = 8",
        "insert into without_columns default values",
      })
  void seesAnyChange(String change) throws Exception {
    DatabaseDigest before = DatabaseDigest.of(database);

    PostgresServer.execute(database, change);

    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isNotEmpty();
  }

  @Test
  void doesNotMindOrderNorSession() throws Exception {
    DatabaseDigest before = DatabaseDigest.of(database);

    PostgresServer.execute(
        database,
        """
        create table copied as select * from without_key order by a desc;
        delete from without_key;
        insert into without_key select * from copied;
        drop table copied;
        """);
    String name = database.getDatabaseName();
    PostgresServer.execute(
        database,
        """
        alter database %1$s set timezone = 'Asia/Tokyo';
        alter database %1$s set datestyle = 'German';
        alter database %1$s set extra_float_digits = -10;
        alter database %1$s set bytea_output = 'escape';
        alter database %1$s set search_path = 'Other One', public;
        """
            .formatted(name));

    assertThat(DatabaseDigest.of(database)).isEqualTo(before);
  }

  @Test
  void seesDoublesThatXorWouldCancel() throws Exception {
    PostgresServer.execute(database, "insert into without_key values (9, 'z'), (9, 'z')");
    DatabaseDigest before = DatabaseDigest.of(database);

    PostgresServer.execute(database, "update without_key set b = 'y' where a = 9");

    assertThat(DatabaseDigest.of(database).differenceFrom(before))
        .containsExactly("public.without_key: 5 rows as before, but with other values");
  }

  @Test
  void saysWhatDiffers() throws Exception {
    DatabaseDigest before = DatabaseDigest.of(database);

    PostgresServer.execute(
        database,
        """
        delete from without_key where a = 1;
        drop table whole_row;
        create table extra ();
        update many_types set n = 2;
        """);

    assertThat(DatabaseDigest.of(database).differenceFrom(before))
        .containsExactly(
            "public.extra: a new table",
            "public.many_types: 1 rows as before, but with other values",
            "public.whole_row: the table is gone",
            "public.without_key: 3 rows became 2");
  }

  @Test
  void leavesSequencesAndLethesOwnTablesOut() throws Exception {
    DatabaseDigest before = DatabaseDigest.of(database);

    PostgresServer.execute(
        database, "create sequence s; create schema lethe; create table lethe.ledger (id int)");

    assertThat(DatabaseDigest.of(database)).isEqualTo(before);
  }
}
