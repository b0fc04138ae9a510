package org.lethe.trash;

import javax.sql.DataSource;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;

/**
 * Lethe's own tables, in a schema of their own beside the application's, so that a removal and its
 * ledger commit together. Thread-safe; several processes may start at once.
 */
public final class LedgerSchema {

  /** The schema that holds them. */
  public static final String NAME = "lethe";

  /** The last of the migrations. */
  static final int LATEST = 10;

  private static final MigratedTables TABLES =
      new MigratedTables(
          LedgerSchema.class, "org/lethe/trash/postgresql", "schema_history", LATEST, false);

  private LedgerSchema() {}

  /**
   * Whether they are there at all; creates nothing.
   *
   * @throws LetheException if there is no connection
   */
  public static boolean exists(DataSource dataSource) {
    return TABLES.exist(dataSource);
  }

  /**
   * Whether they are there, and as this version of Lethe has them; creates nothing.
   *
   * @throws LetheException if there is no connection
   */
  public static boolean isCurrent(DataSource dataSource) {
    return TABLES.areCurrent(dataSource);
  }

  /**
   * Whether they are there or could be; creates nothing.
   *
   * @throws NotPermittedException if this role may neither use nor make them
   * @throws LetheException if there is no connection
   */
  public static void check(DataSource dataSource) {
    TABLES.check(dataSource);
  }

  /**
   * Creates what is missing and brings the rest up to date; hardly costs anything where there is
   * nothing to do.
   *
   * @throws NotPermittedException if they are missing and the role may not create them, or may not
   *     use them
   * @throws LetheException if the role may not change them, or they are from a newer Lethe
   */
  public static void migrate(DataSource dataSource) {
    TABLES.migrate(dataSource);
  }
}
