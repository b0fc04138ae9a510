package org.lethe.retention;

import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.collect.Counts;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.execute.Executor;
import org.lethe.execute.Means;
import org.lethe.execute.Transactions;
import org.lethe.policy.Accounts;
import org.lethe.policy.Decisions;
import org.lethe.policy.Rule;
import org.lethe.schema.TableId;
import org.lethe.trash.By;
import org.lethe.trash.Trash;
import org.springframework.jdbc.core.JdbcOperations;

/** Does to rows what one run of a rule is to do to them, within the caller's transaction. */
final class RuleAction {

  private final Decisions decisions;
  private final Dialect dialect;
  private final Executor executor;
  private final Trash trash;
  private final Clock clock;
  private final Rule rule;
  private final DueRows due;
  private final String actor;
  private final UUID run;
  private final @Nullable Deactivation deactivation;

  RuleAction(
      Decisions decisions,
      Dialect dialect,
      Transactions transactions,
      Clock clock,
      Rule rule,
      DueRows due,
      String actor,
      UUID run,
      @Nullable Deactivation deactivation) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.executor = new Executor(decisions, dialect, transactions, Means.ALL);
    this.trash = new Trash(decisions, dialect, transactions, executor, clock);
    this.clock = clock;
    this.rule = rule;
    this.due = due;
    this.actor = actor;
    this.run = run;
    this.deactivation = deactivation;
  }

  Rule rule() {
    return rule;
  }

  UUID run() {
    return run;
  }

  Instant now() {
    return clock.instant();
  }

  DueRows due() {
    return due;
  }

  String actor() {
    return actor;
  }

  /** Says in the audit that a run begins to change something. */
  void begins(JdbcOperations jdbc) {
    new Audit(jdbc)
        .append(
            now(),
            actor,
            "rule_begin",
            Pauses.rule(rule.name()),
            null,
            "{\"run\": \"" + run + "\"}");
  }

  /** Acts on those of the rows that are still due. */
  Counts act(JdbcOperations jdbc, List<DueRows.Key> keys) {
    return switch (rule.action()) {
      case DELETE -> executor.delete(roots(keys)).counts();
      case SOFT_DELETE -> soft(keys);
      case DEACTIVATE -> deactivate(jdbc, keys);
      case ERASE -> throw new IllegalStateException("people are erased one by one");
    };
  }

  private Counts soft(List<DueRows.Key> keys) {
    Period keep = decisions.trash(rule.table()).keep();
    return trash.delete(roots(keys), keep, new By(actor, Pauses.rule(rule.name()))).counts();
  }

  Counts gone(long rows) {
    TableId whole = decisions.catalog().whole(rule.table());
    return new Counts(Map.of(whole, rows), Map.of());
  }

  private Roots roots(List<DueRows.Key> keys) {
    return new Roots.Where(rule.table(), due.condition(keys));
  }

  /** After what {@link #act} did was committed. */
  void committed() {
    if (rule.action() == Rule.Action.DEACTIVATE && deactivation != null) {
      deactivation.committed();
    }
  }

  private Counts deactivate(JdbcOperations jdbc, List<DueRows.Key> keys) {
    Accounts accounts = decisions.accounts().orElseThrow();
    long rows =
        deactivation == null || !due.named()
            ? change(jdbc, accounts, keys)
            : deactivation.deactivate(
                jdbc,
                () -> due.lock(jdbc, keys),
                rule.take(),
                new By(actor, Pauses.rule(rule.name())));
    if (rows == 0) {
      return Counts.NONE;
    }
    String column = decisions.catalog().displayName(accounts.table(), List.of(accounts.active()));
    return new Counts(Map.of(), Map.of(column, rows));
  }

  /** The accounts' rows alone: sessions end where the application looks at them. */
  private long change(JdbcOperations jdbc, Accounts accounts, List<DueRows.Key> keys) {
    List<String> assignments = new ArrayList<>();
    assignments.add(dialect.quote(accounts.active()) + " = false");
    assign(assignments, accounts.deactivatedAt(), DueRows.moment(now(), false));
    assign(assignments, accounts.deactivatedBy(), actor);
    assign(assignments, accounts.deactivatedWhy(), Pauses.rule(rule.name()));
    return jdbc.update(
        "update %s set %s where %s"
            .formatted(due.from(), String.join(", ", assignments), due.condition(keys)));
  }

  private void assign(List<String> assignments, @Nullable String column, String value) {
    if (column != null) {
      assignments.add(dialect.quote(column) + " = " + dialect.literal(value));
    }
  }
}
