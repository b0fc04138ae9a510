package org.lethe.cli;

import org.lethe.error.LetheException;

/** Somebody stopped a purge: unlike other commands, it has done what it had done. */
final class PurgeInterruptedException extends LetheException {

  private static final long serialVersionUID = 1L;

  PurgeInterruptedException(Throwable cause) {
    super("interrupted; what was purged so far is gone for good, the next purge goes on", cause);
  }
}
