package org.lethe.collect;

import org.lethe.error.LetheException;

/**
 * A rule would point remaining rows at a row that goes itself, or that does not exist. Nothing was
 * changed.
 */
public final class UnusableTargetException extends LetheException {

  private static final long serialVersionUID = 1L;

  UnusableTargetException(String message) {
    super(message);
  }
}
