package org.lethe.server;

import javax.sql.DataSource;
import org.lethe.account.AccountSchema;
import org.lethe.trash.MigratedTables;

/**
 * The tables of the admin itself: jobs, what programs asked for, what the checklist came to.
 * Thread-safe; several processes may start at once.
 */
final class ServerSchema {

  /** The last of the migrations. */
  private static final int LATEST = 3;

  private static final MigratedTables TABLES =
      new MigratedTables(
          ServerSchema.class, "org/lethe/server/postgresql", "server_history", LATEST, true);

  private ServerSchema() {}

  /**
   * Creates what is missing, accounts and ledger included.
   *
   * @throws org.lethe.error.LetheException if the role may not, or they are from a newer Lethe
   */
  static void migrate(DataSource dataSource) {
    AccountSchema.migrate(dataSource);
    TABLES.migrate(dataSource);
  }
}
