package org.lethe.store;

import java.util.Locale;

/** What became of data that was to be erased. */
public enum Outcome {
  /** It is gone. */
  REMOVED,
  /** It is still there, but no longer about anybody. */
  ANONYMISED,
  /** It must be kept for now, on a ground and until a date. */
  RETAINED,
  /** It is there and stays: this store cannot erase. */
  UNSUPPORTED,
  /** Nobody knows: the store could not be asked. */
  UNREACHABLE,
  /** There was nothing. */
  NOT_FOUND;

  /** Such as {@code not found}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether a request may be called completed with this. */
  public boolean settled() {
    return this != UNSUPPORTED && this != UNREACHABLE;
  }
}
