package org.lethe.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A departure on a day to come.
 *
 * @param offboard for good, see {@link Departures#offboard}
 * @param outcome null while it is still to come; {@code done}, {@code cancelled}, or why it could
 *     not be
 */
public record PlannedDeparture(
    long id,
    AccountId account,
    boolean offboard,
    DepartureOptions options,
    Instant due,
    String by,
    @Nullable String why,
    @Nullable String outcome) {}
