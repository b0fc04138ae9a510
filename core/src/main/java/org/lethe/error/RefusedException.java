package org.lethe.error;

/**
 * Something said no to the very rows it was asked about; others may well go. Nothing was changed.
 * The message may be kept in the record of runs: it holds nothing of anybody.
 */
public final class RefusedException extends LetheException {

  private static final long serialVersionUID = 1L;

  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
