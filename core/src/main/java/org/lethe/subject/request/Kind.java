package org.lethe.subject.request;

import java.util.Locale;

/** What a person asks for. */
public enum Kind {
  /** To see what is known about them (GDPR article 15). */
  ACCESS,
  /** To take along what they gave (article 20). */
  PORTABILITY,
  /** To be forgotten (article 17). */
  ERASURE,
  /** That their data is kept but left alone for now (article 18). */
  RESTRICTION;

  /** Such as {@code erasure}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether something is handed out. */
  public boolean exports() {
    return this == ACCESS || this == PORTABILITY;
  }
}
