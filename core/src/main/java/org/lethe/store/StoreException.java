package org.lethe.store;

import java.io.Serial;
import org.lethe.error.LetheException;

/** A store could not do what it was asked. The message holds neither secrets nor personal data. */
public final class StoreException extends LetheException {

  @Serial private static final long serialVersionUID = 1L;

  private final boolean passing;

  /**
   * @param passing whether trying again later may help, as when the store is down
   */
  public StoreException(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /**
   * @param cause only for those who debug: its message may hold anything
   */
  public StoreException(String message, boolean passing, Throwable cause) {
    super(message, cause);
    this.passing = passing;
  }

  /** Whether trying again later may help. */
  public boolean passing() {
    return passing;
  }
}
