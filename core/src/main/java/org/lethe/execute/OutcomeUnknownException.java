package org.lethe.execute;

import org.lethe.error.LetheException;

/**
 * The connection was lost while the database was committing: the removal happened completely or not
 * at all, but nobody on this side can tell which.
 */
public final class OutcomeUnknownException extends LetheException {

  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(Throwable cause) {
    super(
        "the connection was lost during commit: the removal happened either completely or not at"
            + " all. Preview the same rows again to see which",
        cause);
  }
}
