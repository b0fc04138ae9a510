package org.lethe.server.jobs;

import org.lethe.error.InputException;

/** Too much work waits already; nothing was begun. */
public final class BusyException extends InputException {

  private static final long serialVersionUID = 1L;

  BusyException(Throwable cause) {
    super("too much work waits already; try again in a few minutes", cause);
  }
}
