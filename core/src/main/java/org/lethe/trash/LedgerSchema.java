package org.lethe.trash;

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

  private LedgerSchema() {}

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
