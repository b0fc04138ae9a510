package org.lethe.checklist;

import java.util.Locale;

/** How much a finding matters; worst first. */
public enum Severity {
  /** A removal will be refused or will fail. */
  ERROR,
  /** Removals work, but slowly, or leave something behind. */
  WARNING,
  /** A guess, worth a look; a guess never fails a build. */
  NOTE;

  /** In lower case, as views print it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
