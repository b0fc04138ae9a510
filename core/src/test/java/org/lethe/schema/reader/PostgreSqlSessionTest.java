package org.lethe.schema.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.lethe.dialect.UnknownEngineException;
import org.lethe.schema.Catalog;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

class PostgreSqlSessionTest {

  private static final String SCHEMA =
      """
      create schema shop;
      create type shop.state as enum ('new', 'paid');
      create sequence shop.ids;
      create table shop.customer (id int primary key default nextval('shop.ids'));
      create table shop.bill (id int primary key, state shop.state default 'new',
                              customer int references shop.customer);
      create function shop.half(int) returns int immutable language sql as 'select $1 / 2';
      create index on shop.bill (shop.half(customer)) where shop.half(id) > 0;
      """;

  @Test
  void leavesAutoCommitAndSettingsAsTheyWere() throws Exception {
    try (Connection c = Databases.with(SCHEMA).getConnection()) {
      CatalogReader.of(c).read(c);

      assertThat(c.getAutoCommit()).isTrue();
      assertThat(one(c, "show transaction_isolation")).isEqualTo("read committed");
      assertThat(one(c, "show transaction_read_only")).isEqualTo("off");
      assertThat(one(c, "show search_path")).isEqualTo("\"$user\", public");
    }
  }

  @Test
  void leavesTheCallersTransactionAsItWas() throws Exception {
    try (Connection c = Databases.with(SCHEMA).getConnection()) {
      c.setAutoCommit(false);
      run(c, "insert into shop.customer values (1)");
      run(c, "create table shop.mine (id int primary key)");
      run(c, "set local search_path to shop");

      Catalog catalog = CatalogReader.of(c).read(c);

      assertThat(catalog.find("mine")).isPresent();
      assertThat(catalog.searchPath()).containsExactly("shop");
      assertThat(c.getAutoCommit()).isFalse();
      assertThat(one(c, "show search_path")).isEqualTo("shop");
      assertThat(one(c, "select count(*) from shop.customer")).isEqualTo("1");
      c.rollback();
      assertThat(one(c, "select count(*) from shop.customer")).isEqualTo("0");
    }
  }

  @Test
  void leavesTheCallersTransactionUsableWhenItFails() throws Exception {
    try (Connection c = Databases.with(SCHEMA).getConnection()) {
      c.setAutoCommit(false);
      run(c, "insert into shop.customer values (1)");
      run(c, "set local statement_timeout = '1ms'");
      try (Connection locker = database(c).getConnection()) {
        locker.setAutoCommit(false);
        run(locker, "lock pg_catalog.pg_namespace in access exclusive mode");
        assertThatThrownBy(() -> CatalogReader.of(c).read(c)).isInstanceOf(SQLException.class);
      }

      run(c, "set local statement_timeout = 0");
      assertThat(one(c, "select count(*) from shop.customer")).isEqualTo("1");
    }
  }

  private static PGSimpleDataSource database(Connection c) throws SQLException {
    return PostgresServer.shared().dataSource(c.getCatalog());
  }

  @Test
  void readsTheSameWhateverTheSearchPath() throws Exception {
    PGSimpleDataSource database = Databases.with(SCHEMA);
    Catalog plain = Databases.read(database);
    try (Connection c = database.getConnection()) {
      run(c, "set search_path to shop, public");

      Catalog other = CatalogReader.of(c).read(c);

      assertThat(other.searchPath()).containsExactly("shop", "public");
      assertThat(other.tables()).isEqualTo(plain.tables());
      assertThat(other.hash()).isEqualTo(plain.hash());
      assertThat(other.relations().get(0).name()).isEqualTo("bill.customer");
      assertThat(plain.relations().get(0).name()).isEqualTo("shop.bill.customer");
    }
  }

  @Test
  void needsNoRightOnAnything() throws Exception {
    PGSimpleDataSource database = Databases.with(SCHEMA);
    Catalog asOwner = Databases.read(database);
    String role = "nobody_" + database.getDatabaseName();
    PostgresServer.execute(
        database, "create role " + role + " login; revoke all on schema public from public");
    PGSimpleDataSource asNobody = PostgresServer.shared().dataSource(database.getDatabaseName());
    asNobody.setUser(role);
    try (Connection c = asNobody.getConnection()) {
      assertThat(one(c, "select current_user")).isEqualTo(role);
      assertThatThrownBy(() -> one(c, "select count(*) from shop.bill"))
          .hasMessageContaining("permission denied");

      Catalog catalog = CatalogReader.of(c).read(c);

      assertThat(catalog.tables()).isEqualTo(asOwner.tables());
      assertThat(catalog.foreignKeys()).isEqualTo(asOwner.foreignKeys());
      assertThat(catalog.searchPath()).isEmpty();
    }
  }

  @Test
  void refusesAnEngineItDoesNotKnow() throws Exception {
    try (Connection c = Databases.with("select 1").getConnection()) {
      assertThatThrownBy(() -> CatalogReader.of(posing(c, "Oracle", 23)))
          .isInstanceOf(UnknownEngineException.class)
          .hasMessage(
              "Lethe does not know the database engine Oracle; it works with PostgreSQL 15 to 18");
    }
  }

  @Test
  void refusesAServerThatIsTooOld() throws Exception {
    try (Connection c = posing(Databases.with("select 1").getConnection(), "PostgreSQL", 14)) {
      assertThatThrownBy(() -> CatalogReader.of(c).read(c))
          .isInstanceOf(UnknownEngineException.class)
          .hasMessageContaining("PostgreSQL 14");
    }
  }

  /** A connection that gives itself out for another engine. */
  private static Connection posing(Connection connection, String product, int version)
      throws SQLException {
    DatabaseMetaData real = connection.getMetaData();
    DatabaseMetaData metaData =
        (DatabaseMetaData)
            Proxy.newProxyInstance(
                DatabaseMetaData.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getDatabaseProductName" -> product;
                      case "getDatabaseMajorVersion" -> version;
                      default -> method.invoke(real, arguments);
                    });
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getMetaData")) {
                return metaData;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void run(Connection c, String sql) throws SQLException {
    try (Statement s = c.createStatement()) {
      s.execute(sql);
    }
  }

  private static String one(Connection c, String sql) throws SQLException {
    try (Statement s = c.createStatement();
        ResultSet rs = s.executeQuery(sql)) {
      assertThat(rs.next()).isTrue();
      return rs.getString(1);
    }
  }
}
