package org.lethe.policy;

import java.util.Locale;

/** Acts that cannot be taken back and that the policy may want a second person to agree to. */
public enum SecondPerson {
  /** Rows are deleted for good, past the trash. */
  DELETE,
  /** What is in the trash is purged before its time. */
  PURGE,
  /** A rule that deletes for good or erases, or the purge, is run by hand. */
  RULES;

  /** As the policy writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
