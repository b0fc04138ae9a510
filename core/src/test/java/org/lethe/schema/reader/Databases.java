package org.lethe.schema.reader;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** Databases made for one test, and short ways to what was read of them. */
final class Databases {

  private Databases() {}

  /** A new database with these objects in it. */
  static PGSimpleDataSource with(String ddl) {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, ddl);
    return database;
  }

  static Catalog read(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return CatalogReader.of(connection).read(connection);
    }
  }

  static Catalog readNew(String ddl) throws SQLException {
    return read(with(ddl));
  }

  static int serverVersion() throws SQLException {
    try (Connection c = PostgresServer.shared().dataSource("postgres").getConnection()) {
      return c.getMetaData().getDatabaseMajorVersion();
    }
  }

  static TableId id(String name) {
    return new TableId("public", name);
  }

  static Table table(Catalog catalog, String name) {
    return catalog.table(id(name));
  }

  static List<String> names(Catalog catalog) {
    return catalog.tables().keySet().stream().map(TableId::toString).toList();
  }

  static ForeignKey foreignKey(Catalog catalog, String name) {
    return catalog.foreignKeys().stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no foreign key " + name + " was read"));
  }

  static List<String> relations(Catalog catalog) {
    return catalog.relations().stream().map(ForeignKeyRelation::name).toList();
  }
}
