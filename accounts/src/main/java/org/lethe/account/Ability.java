package org.lethe.account;

/** What a directory can do: what its tables have no column for, it cannot. */
public enum Ability {
  /** Its accounts have passwords, and may sign in to Lethe. */
  PASSWORDS,
  EMAIL,
  NAME,
  STAFF,
  SUPERUSER,
  GROUPS,
  /** Says when an account was made. */
  JOINED,
  /** Says when an account last signed in. */
  LAST_LOGIN,
  /** New accounts can be made: all columns that need a value are known. */
  CREATE
}
