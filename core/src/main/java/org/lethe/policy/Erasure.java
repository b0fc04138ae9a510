package org.lethe.policy;

/** What an erasure does to a person's rows of a table. */
public enum Erasure {
  /** They go, unless something that stays needs them: then their columns are treated. */
  DELETE,
  /** They stay and their columns are treated. */
  ANONYMISE
}
