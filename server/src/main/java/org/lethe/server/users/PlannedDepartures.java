package org.lethe.server.users;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.lethe.account.DepartureReport;
import org.lethe.account.LetheAccounts;
import org.lethe.trash.By;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets people leave when their day has come, and ends sessions elsewhere that could not be ended
 * before. Any number of processes may do that at once.
 */
@Component
final class PlannedDepartures {

  private static final Logger LOG = LoggerFactory.getLogger(PlannedDepartures.class);
  private static final int MINUTE = 60;
  private static final By ACTOR = new By("lethe", null);

  private final LetheAccounts accounts;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> looking;

  PlannedDepartures(LetheAccounts accounts) {
    this.accounts = accounts;
    this.looking = clock.scheduleWithFixedDelay(this::look, 5, MINUTE, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      DepartureReport report = accounts.departures().runDue(ACTOR);
      report.done().forEach(d -> LOG.info("{} left as planned", d.account()));
      report.refused().forEach((id, why) -> LOG.warn("{} was to leave, but: {}", id, why));
    } catch (RuntimeException e) {
      // The next look tries again; a schedule that throws would never run again.
      LOG.warn("planned departures could not be looked for: {}", e.getMessage());
    }
  }

  @PreDestroy
  void stop() {
    looking.cancel(false);
    clock.shutdownNow();
  }
}
