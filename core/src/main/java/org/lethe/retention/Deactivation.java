package org.lethe.retention;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.lethe.policy.Rule;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Lets people leave whose accounts a rule deactivates: ends their sessions and tokens, remembers
 * what it takes from them. Without one a rule changes the accounts' rows only. Thread-safe.
 */
public interface Deactivation {

  /**
   * Deactivates accounts, all of them or none, within the transaction of the caller.
   *
   * @param due locks those that still are to go and returns their keys as text; to be called once,
   *     after whatever else is locked
   * @param take what their people lose beside
   * @param by whoever runs the rule, with the rule as the reason
   * @return how many were deactivated
   * @throws org.lethe.error.RefusedException if one of them may not be
   */
  long deactivate(JdbcOperations jdbc, Supplier<List<String>> due, Set<Rule.Belonging> take, By by);

  /** Is called after each transaction in which accounts were deactivated was committed. */
  void committed();
}
