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
  COLLIDING_TREATMENT(Severity.ERROR, "An erasure that would write the same unique value twice"),
  UNCLASSIFIED_COLUMN(Severity.WARNING, "A person's column that nobody said anything about"),
  UNCLASSIFIED_JSON_FIELD(Severity.WARNING, "A field in a document that seems personal"),
  UNDECIDED_OWNER(Severity.WARNING, "Nobody said whose the rows of a relation are"),
  UNREACHED_PERSONAL_DATA(Severity.WARNING, "Data of people in a table that no request reaches"),
  SHARED_VALUES(Severity.WARNING, "A column holds what people are known by, and nothing ties it"),
  ERASABLE_NOT_EXPORTABLE(Severity.WARNING, "Personal data that is erased but never handed out"),
  EXPORTABLE_NOT_ERASABLE(Severity.WARNING, "Personal data that an erasure leaves as it is"),
  KEPT_WITHOUT_GROUND(Severity.WARNING, "Personal data that is kept, and nobody said why"),
  UNCOVERED_IN_STORE(Severity.WARNING, "Data in a store that the policy does not take care of"),
  STORE_NOT_ASKED(Severity.WARNING, "A store that could not be asked what it holds"),
  ENFORCED_DO_NOTHING(Severity.WARNING, "do_nothing on a key that the database enforces"),
  MISSING_INDEX(Severity.WARNING, "A foreign key without an index on its columns"),
  NOT_VALIDATED_KEY(Severity.WARNING, "A foreign key that was never checked against old rows"),
  NOT_ENFORCED_KEY(Severity.WARNING, "A foreign key that the database does not enforce"),
  PARTITION_WITHOUT_KEY(Severity.WARNING, "A partition lacks a foreign key that others have"),
  UNCLASSIFIED_NUMBERS(Severity.NOTE, "A person's numbers, dates and times, not classified"),
  UNCLASSIFIED_SECRET(Severity.NOTE, "A password or token that nobody classified"),
  PSEUDONYMISED_ONLY(Severity.NOTE, "A treatment that pseudonymises and does not erase"),
  LIKELY_SUBJECT(Severity.NOTE, "A table that seems to hold people, and is no subject"),
  SUBJECT_WITHOUT_IDENTIFIERS(Severity.NOTE, "People who are found by their number alone"),
  UNREACHED_CLASSIFIED(
      Severity.NOTE, "A column said to be personal, in a table no request reaches"),
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
