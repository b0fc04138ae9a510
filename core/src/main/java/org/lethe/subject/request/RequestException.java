package org.lethe.subject.request;

import java.io.Serial;
import org.lethe.error.InputException;

/** A request cannot take this step. Nothing was changed. */
public final class RequestException extends InputException {

  @Serial private static final long serialVersionUID = 1L;

  public RequestException(String message) {
    super(message);
  }
}
