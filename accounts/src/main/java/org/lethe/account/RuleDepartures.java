package org.lethe.account;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.lethe.error.NotPermittedException;
import org.lethe.error.RefusedException;
import org.lethe.policy.Rule;
import org.lethe.retention.Deactivation;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/** Lets those leave of the application's whose accounts a rule of the policy deactivates. */
final class RuleDepartures implements Deactivation {

  private final Departures departures;

  RuleDepartures(Departures departures) {
    this.departures = departures;
  }

  @Override
  public long deactivate(
      JdbcOperations jdbc, Supplier<List<String>> due, Set<Rule.Belonging> take, By by) {
    // Before any account: others lock in this order, too.
    Guards.lock(jdbc);
    DepartureOptions options =
        new DepartureOptions(
            take.contains(Rule.Belonging.GROUPS),
            take.contains(Rule.Belonging.PERMISSIONS),
            take.contains(Rule.Belonging.STAFF));
    List<String> keys = due.get();
    for (String key : keys) {
      try {
        departures.byRule(jdbc, new AccountId(AccountId.APP, key), by, options);
      } catch (NotPermittedException e) {
        throw new RefusedException(String.valueOf(e.getMessage()), e);
      }
    }
    return keys.size();
  }

  @Override
  public void committed() {
    departures.endElsewhere();
  }
}
