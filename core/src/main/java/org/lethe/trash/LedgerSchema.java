package org.lethe.trash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.lethe.error.LetheException;

/**
 * Lethe's own tables, in a schema of their own beside the application's, so that a removal and its
 * ledger commit together. Thread-safe; several processes may start at once.
 */
public final class LedgerSchema {

  /** The schema that holds them. */
  public static final String NAME = "lethe";

  // Not to_regclass, which fails without the right to use the schema.
  private static final String DELETIONS_ARE_THERE =
      """
      select exists (select from pg_catalog.pg_class as c
                       join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
                      where n.nspname = '%s' and c.relname = 'deletion' and c.relkind = 'r')
      """
          .formatted(NAME);

  private LedgerSchema() {}

  /**
   * Whether they are there at all; creates nothing.
   *
   * @throws LetheException if there is no connection
   */
  public static boolean exists(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(DELETIONS_ARE_THERE)) {
      return found.next() && found.getBoolean(1);
    } catch (SQLException e) {
      throw new LetheException(
          "cannot look for Lethe's own tables: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no message"),
          e);
    }
  }

  /**
   * Creates what is missing and brings the rest up to date.
   *
   * @throws LetheException if the role may not, or the tables are from a newer Lethe
   */
  public static void migrate(DataSource dataSource) {
    try {
      Flyway.configure(LedgerSchema.class.getClassLoader())
          .dataSource(dataSource)
          .schemas(NAME)
          .defaultSchema(NAME)
          .createSchemas(true)
          .table("schema_history")
          .locations("classpath:org/lethe/trash/postgresql")
          .cleanDisabled(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new LetheException(
          "Lethe's own tables cannot be set up in schema "
              + NAME
              + ": "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no message")
              + ". The role needs the right to create a schema, once",
          e);
    }
  }
}
