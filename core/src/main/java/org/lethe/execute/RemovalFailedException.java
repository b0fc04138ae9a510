package org.lethe.execute;

import org.lethe.error.LetheException;

/** The database refused or failed a removal, which was rolled back whole. */
public final class RemovalFailedException extends LetheException {

  private static final long serialVersionUID = 1L;

  RemovalFailedException(String message) {
    super(message);
  }

  RemovalFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
