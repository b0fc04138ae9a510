package org.lethe.server.records;

import org.lethe.error.InputException;

/** What was asked for takes longer than a page may. */
final class TooSlowException extends InputException {

  private static final long serialVersionUID = 1L;

  TooSlowException(Throwable cause) {
    super(
        "This takes too long in a table of this size. Search for a key, or narrow the list by a"
            + " column that has an index.",
        cause);
  }
}
