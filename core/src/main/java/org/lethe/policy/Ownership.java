package org.lethe.policy;

/** What a relation says about a person's data. */
public enum Ownership {
  /** The row is that person's alone. */
  SOLE,
  /** The row is that person's and others' too. */
  SHARED,
  /** The row only mentions the person, such as {@code created_by}. */
  MENTIONED
}
