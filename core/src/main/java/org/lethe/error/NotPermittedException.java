package org.lethe.error;

/** The database role, or the person, has no right to do this. Nothing was changed. */
public final class NotPermittedException extends LetheException {

  private static final long serialVersionUID = 1L;

  public NotPermittedException(String message) {
    super(message);
  }

  public NotPermittedException(String message, Throwable cause) {
    super(message, cause);
  }
}
