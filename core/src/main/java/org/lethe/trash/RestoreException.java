package org.lethe.trash;

import java.util.List;
import org.lethe.error.LetheException;

/** A deletion cannot come back as it is; nothing was changed. */
public final class RestoreException extends LetheException {

  private static final long serialVersionUID = 1L;

  private final transient List<Conflict> conflicts;

  RestoreException(String message, Throwable cause) {
    super(message, cause);
    this.conflicts = List.of();
  }

  RestoreException(String message) {
    this(message, List.of());
  }

  RestoreException(String message, List<Conflict> conflicts) {
    super(message);
    this.conflicts = List.copyOf(conflicts);
  }

  /** What is in the way; empty if it is none of the conflicts that a preview names. */
  public List<Conflict> conflicts() {
    return conflicts;
  }
}
