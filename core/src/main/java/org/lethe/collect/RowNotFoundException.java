package org.lethe.collect;

import java.util.List;
import org.lethe.error.InputException;

/** A root that was named by key does not exist. */
public final class RowNotFoundException extends InputException {

  private static final long serialVersionUID = 1L;

  RowNotFoundException(String table, List<String> keys, boolean more) {
    super(
        "no such row: "
            + table
            + " "
            + String.join(" ", keys)
            + (more ? " and more" : "")
            + "; nothing was changed");
  }
}
