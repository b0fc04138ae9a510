package org.lethe.collect;

import java.util.List;
import org.lethe.error.InputException;

/** A root that was named by key does not exist. */
public final class RowNotFoundException extends InputException {

  private static final long serialVersionUID = 1L;

  private final String missing;

  RowNotFoundException(String table, List<String> keys, boolean more) {
    this(table + " " + String.join(" ", keys) + (more ? " and more" : ""));
  }

  private RowNotFoundException(String missing) {
    super("no such row: " + missing + "; nothing was changed");
    this.missing = missing;
  }

  /** Table and keys, for people. */
  public String missing() {
    return missing;
  }
}
