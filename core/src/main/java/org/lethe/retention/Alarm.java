package org.lethe.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lethe.execute.Transactions;
import org.lethe.policy.Rule;
import org.lethe.trash.Deletion;
import org.lethe.trash.Trash;

/** Notices that nobody runs what should run. Thread-safe. */
public final class Alarm {

  /** How long something may be due before its purge is missed. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final Transactions transactions;
  private final Trash trash;
  private final Pauses pauses;
  private final Clock clock;

  public Alarm(Transactions transactions, Trash trash, Pauses pauses, Clock clock) {
    this.transactions = transactions;
    this.trash = trash;
    this.pauses = pauses;
    this.clock = clock;
  }

  /**
   * The purge if something has been due for over a day, and every rule that last ran to its end
   * more than two of its periods ago, or never.
   */
  public List<Overdue> overdue(List<Rule> rules) {
    Map<String, String> paused =
        pauses.list().stream().collect(Collectors.toMap(Pause::task, Pause::reason));
    Instant now = clock.instant();
    List<Overdue> overdue = new ArrayList<>();
    for (Deletion due : trash.due(1)) {
      if (due.keepUntil().plus(PATIENCE).isBefore(now)) {
        overdue.add(new Overdue(Pauses.PURGE, due.keepUntil(), paused.get(Pauses.PURGE)));
      }
    }
    for (Rule rule : rules) {
      String task = Pauses.rule(rule.name());
      Optional<Instant> last =
          transactions
              .look(jdbc -> new Runs(jdbc).lastFinished(rule.name()))
              .map(RuleRun::startedAt);
      if (last.isEmpty()) {
        overdue.add(new Overdue(task, null, paused.get(task)));
      } else if (rule.schedule().next(rule.schedule().next(last.get())).isBefore(now)) {
        overdue.add(new Overdue(task, last.get(), paused.get(task)));
      }
    }
    return overdue;
  }
}
