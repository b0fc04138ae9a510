package org.lethe.bench.data;

import java.util.Locale;

/** What the database's own references say. */
public enum Flavour {
  /** The database cascades by itself. */
  CASCADE("on delete cascade", "on delete set null", ""),
  /** It only checks, at the commit: what Django declares. */
  NO_ACTION("", "", "deferrable initially deferred");

  final String cascade;
  final String setNull;
  final String deferrable;

  Flavour(String cascade, String setNull, String deferrable) {
    this.cascade = cascade;
    this.setNull = setNull;
    this.deferrable = deferrable;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
