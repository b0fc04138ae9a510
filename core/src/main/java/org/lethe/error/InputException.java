package org.lethe.error;

/**
 * Something the caller gave cannot be used: a table, key, predicate or file. Nothing was changed.
 */
public class InputException extends LetheException {

  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
