package org.lethe.checklist;

import java.util.Locale;

/**
 * What the checklist knows to look for. The ids are stable: files of other tools refer to them.
 * {@code docs/checklist.md} says what each means and how to settle it.
 */
public enum Code {
  POLICY_FAULT(Severity.ERROR, "The policy cannot be used as written"),
  UNDECIDED_RELATION(Severity.ERROR, "Nobody decided what a relation does"),
  IMPOSSIBLE_RULE(Severity.ERROR, "A rule of the database that it can never carry out"),
  ENFORCED_DO_NOTHING(Severity.WARNING, "do_nothing on a key that the database enforces"),
  MISSING_INDEX(Severity.WARNING, "A foreign key without an index on its columns"),
  NOT_VALIDATED_KEY(Severity.WARNING, "A foreign key that was never checked against old rows"),
  NOT_ENFORCED_KEY(Severity.WARNING, "A foreign key that the database does not enforce"),
  PARTITION_WITHOUT_KEY(Severity.WARNING, "A partition lacks a foreign key that others have"),
  UNIQUE_AMONG_MARKED(Severity.NOTE, "Unique values that rows marked as deleted keep"),
  MARKED_UNDER_ARCHIVED(Severity.NOTE, "Rows that cannot stay, marked, when their parent goes"),
  LIKELY_LINK(Severity.NOTE, "Columns that look like a relation nobody declared"),
  LIKELY_TYPED_REFERENCE(Severity.NOTE, "A type and id pair that may point at several tables"),
  POSSIBLE_JSON_REFERENCE(Severity.NOTE, "A JSON column that may hold references or people's data");

  private final Severity severity;
  private final String title;

  Code(Severity severity, String title) {
    this.severity = severity;
    this.title = title;
  }

  /** Such as {@code missing-index}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Severity severity() {
    return severity;
  }

  /** One line for lists of rules. */
  public String title() {
    return title;
  }
}
