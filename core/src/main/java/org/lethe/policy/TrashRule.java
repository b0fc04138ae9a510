package org.lethe.policy;

import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * How deleted rows of one table are kept. Immutable.
 *
 * @param keep how long, where the table is what was deleted
 * @param flag the application's own columns that mark deleted rows, which then stay where they are;
 *     null where rows move to the ledger
 */
public record TrashRule(Period keep, @Nullable FlagColumns flag) {

  /** What holds where the policy says nothing. */
  public static final TrashRule DEFAULT = new TrashRule(Period.ofDays(30), null);
}
