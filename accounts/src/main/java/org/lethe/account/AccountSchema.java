package org.lethe.account;

import javax.sql.DataSource;
import org.lethe.trash.LedgerSchema;
import org.lethe.trash.MigratedTables;

/**
 * The tables of Lethe's own accounts, and of what it remembers of others', beside the ledger in
 * schema {@code lethe}. Thread-safe; several processes may start at once.
 */
public final class AccountSchema {

  /** The last of the migrations. */
  static final int LATEST = 2;

  private static final MigratedTables TABLES =
      new MigratedTables(
          AccountSchema.class, "org/lethe/account/postgresql", "account_history", LATEST, true);

  private AccountSchema() {}

  /**
   * Whether they are there, and as this version of Lethe has them; creates nothing.
   *
   * @throws org.lethe.error.LetheException if there is no connection
   */
  public static boolean isCurrent(DataSource dataSource) {
    return LedgerSchema.isCurrent(dataSource) && TABLES.areCurrent(dataSource);
  }

  /**
   * Creates what is missing, the ledger and its audit included, and brings the rest up to date;
   * hardly costs anything where there is nothing to do.
   *
   * @throws org.lethe.error.NotPermittedException if they are missing and the role may not create
   *     them, or may not use them
   * @throws org.lethe.error.LetheException if the role may not change them, or they are from a
   *     newer Lethe
   */
  public static void migrate(DataSource dataSource) {
    LedgerSchema.migrate(dataSource);
    TABLES.migrate(dataSource);
  }
}
