package org.lethe.retention;

import org.lethe.error.LetheException;

/** A run found that another process goes on with its rule, since it had lost its claim. */
final class TakenOverException extends LetheException {

  private static final long serialVersionUID = 1L;

  TakenOverException() {
    super("another process took this run over after its connection was lost");
  }
}
