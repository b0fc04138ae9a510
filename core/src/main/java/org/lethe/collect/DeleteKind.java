package org.lethe.collect;

/** Whether a removal can be undone. */
public enum DeleteKind {
  /** Rows go to the trash; where the policy says so, they stay and are marked as deleted. */
  SOFT,
  /** Rows go for good. */
  HARD
}
