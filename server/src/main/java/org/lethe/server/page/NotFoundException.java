package org.lethe.server.page;

import org.lethe.error.LetheException;

/** What an address names is not there. */
public final class NotFoundException extends LetheException {

  private static final long serialVersionUID = 1L;

  public NotFoundException(String message) {
    super(message);
  }
}
