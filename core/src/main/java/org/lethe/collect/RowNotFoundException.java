package org.lethe.collect;

import org.lethe.error.InputException;

/** A root that was named by key does not exist. */
public final class RowNotFoundException extends InputException {

  private static final long serialVersionUID = 1L;

  private final String missing;

  /**
   * That these are not there.
   *
   * @param missing table and keys, for people
   */
  RowNotFoundException(String missing) {
    super("no such row: " + missing + "; nothing was changed");
    this.missing = missing;
  }

  /** Table and keys, for people. */
  public String missing() {
    return missing;
  }
}
