package org.lethe.stores.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.store.Locator;
import org.lethe.store.Store;
import org.lethe.stores.Collected;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

@SuppressWarnings("NullAway.Init")
class PostgresJdbcTest extends JdbcContract {

  private static PGSimpleDataSource database;

  @BeforeAll
  static void start() {
    database = PostgresServer.shared().createDatabase();
  }

  @Override
  Connection connect() throws SQLException {
    return database.getConnection();
  }

  @Override
  String url() {
    return PostgresServer.shared().jdbcUrl(database.getDatabaseName());
  }

  @Override
  String urlOfNobody() {
    return urlAt(1);
  }

  @Override
  String urlAt(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/x?user=postgres";
  }

  @Override
  List<String> tables() {
    return List.of(
        "create table contact (id serial primary key, customer text unique, name text)",
        "create table note (id serial primary key,"
            + " customer text references contact (customer) on update cascade, body text)",
        "create table \"Mail List\" (\"the id\" serial primary key, who text, \"order\" text)",
        "create table num (a bigint, b smallint, c text, primary key (a, b))",
        "create table twin (id text primary key, email text)");
  }

  @Test
  void keysAndValuesOfItsOwnTypes() throws SQLException {
    execute(
        "drop table if exists odd",
        """
        create table odd (
          id uuid, at timestamptz, who uuid, doc jsonb, raw bytea, yes boolean,
          primary key (id, at))
        """,
        """
        insert into odd values
          ('00000000-0000-0000-0000-000000000001', '2026-01-02 03:04:05.123456+02',
           '00000000-0000-0000-0000-00000000000a', '{"a": 1}', '\\x00ff', true),
          ('00000000-0000-0000-0000-000000000002', '2026-01-02 03:04:05.123456+02',
           '00000000-0000-0000-0000-00000000000b', '{"b": 1}', null, false)
        """);
    Map<String, Object> table =
        Map.of("table", "public.odd", "where", Map.of("who", "{customer_id}"));
    try (Store store = open(Map.of("jdbc", url(), "tables", table))) {
      List<Locator> pieces = locate(store, person("00000000-0000-0000-0000-00000000000a"));
      assertThat(pieces).hasSize(1);
      Collected out = new Collected();
      store.export(pieces.get(0), out);
      assertThat(out.text()).contains("{\\\"a\\\": 1}").contains("\"yes\":true");
      assertThat(out.files.get("raw")).containsExactly(0, 0xff);
      store.erase(pieces.get(0));
      assertThat(pieces).noneMatch(store::holds);
      assertThat(locate(store, person("00000000-0000-0000-0000-00000000000b"))).hasSize(1);
      assertFails(() -> locate(store, person("no uuid, jane.471")), "22");
    }
  }

  @Test
  void manyRowsComeInSteps() throws SQLException {
    execute("insert into num select 7, g, repeat('x', 200) from generate_series(1, 30000) g");
    Map<String, Object> table = Map.of("table", "num", "where", Map.of("a", "{customer_id}"));
    try (Store store = open(Map.of("jdbc", url(), "tables", table))) {
      long[] count = {0};
      store.locate(person("7"), piece -> count[0]++);
      assertThat(count[0]).isEqualTo(30_000);
    }
  }
}
