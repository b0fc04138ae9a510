package org.lethe.cli;

import org.lethe.error.LetheException;

/** What was typed cannot be used; the message says what to type instead. */
final class UsageException extends LetheException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
