package org.lethe.collect;

/**
 * Something the removal brings with it that is not a row of the plan.
 *
 * @param subject the table, relation or trigger concerned
 * @param text one sentence for people
 */
public record Warning(Kind kind, String subject, String text) {
  public enum Kind {
    /** Rows whose reference will point at nothing ({@code do_nothing}). */
    DANGLING,
    /** A trigger or rewrite rule of the application will fire. */
    TRIGGER,
    /** The database's own rule goes further than the policy. */
    DATABASE_CASCADE,
    /** A relation that is followed has no index on its referencing columns. */
    MISSING_INDEX
  }
}
