package org.lethe.trash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;

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

  private static final String SCHEMA_MAY_BE =
      """
      select exists (select from pg_catalog.pg_namespace where nspname = '%s')
             or pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create')
      """
          .formatted(NAME);

  private LedgerSchema() {}

  /**
   * Whether they are there at all; creates nothing.
   *
   * @throws LetheException if there is no connection
   */
  public static boolean exists(DataSource dataSource) {
    return holds(dataSource, DELETIONS_ARE_THERE);
  }

  private static boolean holds(DataSource dataSource, String question) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      return answer.next() && answer.getBoolean(1);
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
   * @throws NotPermittedException if they are missing and the role may not create their schema
   * @throws LetheException if the role may not change them, or they are from a newer Lethe
   */
  public static void migrate(DataSource dataSource) {
    // Flyway would try for ten seconds before it says so.
    if (!holds(dataSource, SCHEMA_MAY_BE)) {
      throw new NotPermittedException(
          "this role may not create the schema %s for Lethe's own tables; grant it create on the database, or let another role use the trash once"
              .formatted(NAME));
    }
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
