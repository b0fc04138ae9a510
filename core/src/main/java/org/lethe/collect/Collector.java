package org.lethe.collect;

import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Relation;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Finds every row that goes when the roots go, over the relations that cascade, and then what else
 * that means: rows that change, rows that block.
 *
 * <p>One use, inside one transaction; not thread-safe.
 */
public final class Collector {

  /** How a collection is made. */
  public enum Mode {
    /** For looking: nothing is locked. */
    LOOK,
    /** For a plan: nothing is locked, keys are digested. */
    DIGEST,
    /** For a removal: rows are locked. */
    LOCK,
    /** For a removal that must be the one approved: rows are locked, keys are digested. */
    LOCK_AND_DIGEST;

    boolean locks() {
      return this == LOCK || this == LOCK_AND_DIGEST;
    }

    boolean digests() {
      return this == DIGEST || this == LOCK_AND_DIGEST;
    }
  }

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Mode mode;
  private final Flags flags;
  private final Handfuls handfuls;

  /**
   * @param handfuls for the same policy
   */
  public Collector(
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      Mode mode,
      Flags flags,
      Handfuls handfuls) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.mode = mode;
    this.flags = flags;
    this.handfuls = handfuls;
  }

  /**
   * Collects. What it returns is bound to the transaction.
   *
   * @throws org.lethe.error.InputException if a root does not exist or cannot be read
   */
  public Collected collect(Roots roots) {
    return collect(roots, false);
  }

  /**
   * The same for a removal that may be made again, from the start.
   *
   * @param again whether it is made again if the database refuses it since a row was overlooked
   *     that somebody added in the meantime
   * @throws org.lethe.error.InputException if a root does not exist or cannot be read
   */
  public Collected collect(Roots roots, boolean again) {
    return new Handful(handfuls, decisions, dialect, jdbc, flags.kind())
        .collect(roots, mode.locks(), again)
        .map(few -> effects(few.going()).assess(roots, few.changing()))
        .orElseGet(() -> effects(reached(roots)).assess(roots));
  }

  private KeySets reached(Roots roots) {
    return new Reach(decisions, dialect, jdbc, flags, mode.locks(), this::cascades).from(roots);
  }

  private Effects effects(KeySets sets) {
    return new Effects(decisions, dialect, jdbc, sets, flags, mode, Effects.Blocking.ANY);
  }

  private boolean cascades(Relation relation) {
    return decisions.of(relation).onDelete().kind() == OnDelete.Kind.CASCADE;
  }
}
