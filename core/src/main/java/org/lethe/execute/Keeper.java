package org.lethe.execute;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Collected;
import org.lethe.collect.Counts;
import org.lethe.collect.DeleteKind;
import org.lethe.plan.Plan;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Keeps what a removal takes away, or at least that it did, in the removal's own transaction, so
 * that both happen or neither does. When a removal starts over, so does its keeper.
 */
public interface Keeper {

  /** Keeps nothing. */
  Keeper NONE = (jdbc, counts) -> {};

  /** What a marked row says: by which deletion, and when. */
  record Mark(UUID deletion, Instant at) {}

  /** What marked rows are to say; null where rows go for good and none is marked. */
  default @Nullable Mark mark() {
    return null;
  }

  /** Whether there is a way back. */
  default DeleteKind kind() {
    return mark() == null ? DeleteKind.HARD : DeleteKind.SOFT;
  }

  /** The id under which it can be undone; null while nothing is kept. */
  default @Nullable UUID deletion() {
    return null;
  }

  /**
   * Called once rows are collected and locked, before anything changes; only where there is a way
   * back.
   */
  default void before(JdbcOperations jdbc, Plan plan, Collected collected) {}

  /** Called when everything has changed, if anything has. */
  void after(JdbcOperations jdbc, Counts counts);
}
