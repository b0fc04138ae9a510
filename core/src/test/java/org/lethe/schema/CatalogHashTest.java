package org.lethe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.schema.reader.CatalogReader;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

class CatalogHashTest {

  private static final String SCHEMA =
      """
      create domain score as int;
      create table customer (id int primary key, name text);
      create table bill (id int primary key, customer int not null default 0,
                         total numeric, score score,
                         constraint fk foreign key (customer) references customer,
                         constraint number unique (total));
      create table sale (id int) partition by range (id);
      create table base (id int);
      create function note() returns trigger language plpgsql as
        $$ begin return null; end $$;
      create function note2() returns trigger language plpgsql as
        $$ begin return null; end $$;
      create trigger noted after delete on bill for each row execute function note();
      """;

  private static final PGSimpleDataSource DATABASE = createDatabase();

  private static PGSimpleDataSource createDatabase() {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, SCHEMA);
    return database;
  }

  /** The hash after a change, which is taken back. */
  private static String hashAfter(String change) throws SQLException {
    try (Connection connection = DATABASE.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(change);
      String hash = CatalogReader.of(connection).read(connection).hash();
      connection.rollback();
      return hash;
    }
  }

  private static String hash(PGSimpleDataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return CatalogReader.of(connection).read(connection).hash();
    }
  }

  @Test
  void isTheSameEveryTime() throws Exception {
    String hash = hash(DATABASE);

    assertThat(hash).matches("[0-9a-f]{64}").isEqualTo(hash(DATABASE));
    assertThat(hash(createDatabase())).as("the same schema elsewhere").isEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into customer select generate_series(1, 1000); analyze",
        "create index on bill (customer)",
        "comment on table bill is 'what is owed'; comment on column bill.total is 'in all'",
        "create view unpaid as select * from bill",
        "create function unused() returns int language sql as 'select 1'",
        "create role hash_reader; grant select on bill to hash_reader",
        "create schema lethe; create table lethe.deletion (id int primary key)",
        "set local search_path to pg_catalog, public",
      })
  void staysWhenNothingChangesForAPlan(String change) throws Exception {
    assertThat(hashAfter(change)).isEqualTo(hash(DATABASE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table more (id int)",
        "drop table base",
        "alter table base rename to bases",
        "alter table bill add column note text",
        "alter table customer drop column name",
        "alter table customer rename name to called",
        "alter table customer alter name type varchar(40)",
        "alter table customer alter name set not null",
        "alter table bill alter customer drop not null",
        "alter table bill alter customer set default 1",
        "alter domain score set not null",
        "alter domain score set default 7",
        "alter table customer alter id add generated always as identity",
        "alter table customer add upper_name text generated always as (upper(name)) stored",
        "alter table customer add unique (name)",
        "create unique index on customer (name)",
        "alter table bill drop constraint number",
        "alter table bill drop constraint number, add constraint number unique (total) deferrable",
        "alter table bill drop constraint fk",
        "alter table bill alter constraint fk deferrable",
        "alter table bill alter constraint fk deferrable initially deferred",
        "alter table bill drop constraint fk,"
            + " add constraint fk foreign key (customer) references customer on delete cascade",
        "alter table bill drop constraint fk,"
            + " add constraint fk foreign key (id) references customer",
        "alter table bill drop constraint fk,"
            + " add constraint fk foreign key (customer) references bill",
        "alter table bill drop constraint fk,"
            + " add constraint fk foreign key (customer) references customer match full",
        "alter table bill drop constraint fk,"
            + " add constraint fk foreign key (customer) references customer not valid",
        "alter table bill add foreign key (id) references customer",
        "create table sale_1 partition of sale for values from (0) to (1)",
        "drop table sale; create table sale (id int) partition by list (id)",
        "alter table bill inherit base",
        "alter table bill enable row level security",
        "drop trigger noted on bill",
        "alter table bill disable trigger noted",
        "create or replace trigger noted after delete on bill execute function note()",
        "create or replace trigger noted before delete on bill for each row"
            + " execute function note()",
        "create or replace trigger noted after delete or update on bill for each row"
            + " execute function note()",
        "create or replace trigger noted after delete on bill for each row"
            + " execute function note2()",
        "create rule kept as on delete to customer do instead nothing",
        "create schema other; alter table base set schema other",
      })
  void changesWithWhatAPlanReliesOn(String change) throws Exception {
    assertThat(hashAfter(change)).isNotEqualTo(hash(DATABASE));
  }

  @Test
  void isNotFooledByOddNames() {
    CatalogFixture one = new CatalogFixture();
    one.table("t").id("id").key(false, "a, b");
    CatalogFixture two = new CatalogFixture();
    two.table("t").id("id").key(false, "a", "b");

    assertThat(one.build().hash()).isNotEqualTo(two.build().hash());
  }
}
