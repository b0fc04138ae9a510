package org.lethe.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an account was deactivated, and what came with it.
 *
 * @param at null where it was done elsewhere and nothing says when
 * @param by null where nothing says who did it
 * @param why the reason, as it was given; null where none was
 * @param taken empty where it was done elsewhere
 * @param sessions that were ended in this database
 * @param tokens that were revoked
 * @param back when it was reactivated; null if it was not
 * @param backBy who did that
 */
public record Departure(
    AccountId account,
    Kind kind,
    @Nullable Instant at,
    @Nullable String by,
    @Nullable String why,
    Taken taken,
    long sessions,
    long tokens,
    @Nullable Instant back,
    @Nullable String backBy) {

  /** How it came about. */
  public enum Kind {
    /** May come back. */
    DEACTIVATED,
    /** Left for good. */
    OFFBOARDED,
    /**
     * By a rule of the policy, or by the application itself: Lethe took nothing and ended nothing.
     */
    ELSEWHERE
  }
}
