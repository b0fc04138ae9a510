package org.lethe.error;

/**
 * Base of everything Lethe refuses or fails to do. The message is written for the person who reads
 * it on a terminal or a page: what went wrong, where, and how to fix it; never data of a row, never
 * a password. Subtypes are named for the act that failed and live beside it.
 */
public class LetheException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LetheException(String message) {
    super(message);
  }

  public LetheException(String message, Throwable cause) {
    super(message, cause);
  }
}
