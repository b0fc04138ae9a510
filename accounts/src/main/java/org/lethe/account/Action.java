package org.lethe.account;

import java.util.Locale;

/** What may be done in Lethe; some to the rows of a table, the others to all there is. */
public enum Action {
  /** Look at rows. */
  VIEW(true),
  /** Put rows into the trash. */
  DELETE(true),
  /** Bring rows back from the trash. */
  RESTORE(true),
  /** Delete rows for good. */
  PURGE(true),
  /** Keep rows from being purged or erased. */
  HOLD(true),
  /** Take requests of people through their steps. */
  REQUESTS(false),
  /** Approve and run erasures. */
  ERASE(false),
  /** Run and pause retention rules. */
  RULES(false),
  /** See accounts and groups, create and change them. */
  USERS(false),
  /** Deactivate accounts, and reactivate them. */
  DEACTIVATE(false),
  /** Say who may do what. */
  PERMISSIONS(false),
  /** See the checklist. */
  CHECK(false),
  /** Read the audit. */
  AUDIT(false),
  /** See how tables hang together. */
  MAP(false);

  private final boolean ofTables;

  Action(boolean ofTables) {
    this.ofTables = ofTables;
  }

  /** Whether it is granted table by table. */
  public boolean ofTables() {
    return ofTables;
  }

  /** Its name in permissions, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
