package org.lethe.subject.request;

import java.io.Serial;
import org.lethe.error.LetheException;

/** A mail was not taken. The message says nothing of whom it was for, nor what was in it. */
public final class MailException extends LetheException {

  @Serial private static final long serialVersionUID = 1L;

  public MailException(String message) {
    super(message);
  }
}
