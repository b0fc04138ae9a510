package org.lethe.policy;

import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;

/**
 * Where the application keeps its accounts, as far as deactivating one goes. Immutable.
 *
 * @param active the boolean column that says whether an account may sign in
 * @param deactivatedAt the column for when it was deactivated; null where there is none
 * @param deactivatedBy the column for who did it; null where there is none
 * @param deactivatedWhy the column for the reason; null where there is none
 */
public record Accounts(
    TableId table,
    String active,
    @Nullable String deactivatedAt,
    @Nullable String deactivatedBy,
    @Nullable String deactivatedWhy) {}
