package org.lethe.cli;

import org.lethe.account.DepartureReport;
import org.lethe.account.LetheAccounts;
import org.lethe.policy.Schedule;
import org.lethe.schedule.RetentionScheduler;
import org.lethe.trash.By;

/**
 * Lets people leave when their day has come, and ends sessions elsewhere that could not be ended
 * before: what {@code lethe users due} does by hand.
 */
final class PlannedDepartures {

  private static final String TASK = "departures";
  private static final Schedule EVERY = Schedule.parse("PT1M");

  private PlannedDepartures() {}

  /** Hears what came of it. */
  interface Listener {
    void left(DepartureReport report);
  }

  /** Adds it to what is done by the clock. */
  static RetentionScheduler.Builder schedule(
      RetentionScheduler.Builder scheduler, LetheAccounts accounts, By by, Listener listener) {
    return scheduler.also(TASK, EVERY, () -> listener.left(accounts.departures().runDue(by)));
  }
}
