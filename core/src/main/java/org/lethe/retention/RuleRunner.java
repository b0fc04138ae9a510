package org.lethe.retention;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.StandIn;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.execute.Backoff;
import org.lethe.execute.Claim;
import org.lethe.execute.Reasons;
import org.lethe.execute.Transactions;
import org.lethe.policy.Decisions;
import org.lethe.policy.Rule;
import org.lethe.subject.Key;
import org.lethe.subject.request.MassErasure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Runs retention rules: finds the rows that are old enough, and acts on them in chunks, each a
 * transaction of its own together with its place in the record of runs. Of several processes one
 * runs a rule at a time; what a process leaves when it dies, the next run of the rule notices and
 * goes on with. Needs {@link org.lethe.trash.LedgerSchema#migrate} once. Thread-safe.
 */
public final class RuleRunner {

  private static final Logger LOG = LoggerFactory.getLogger(RuleRunner.class);

  private final Decisions decisions;
  private final Dialect dialect;
  private final DataSource dataSource;
  private final Transactions transactions;
  private final Clock clock;
  private final @Nullable MassErasure erasure;
  private final Supplier<Optional<Deactivation>> deactivation;

  /** A runner over one database that erases nobody. */
  public RuleRunner(
      Decisions decisions,
      Dialect dialect,
      DataSource dataSource,
      Transactions transactions,
      Clock clock) {
    this(decisions, dialect, dataSource, transactions, clock, null, Optional::empty);
  }

  /**
   * A runner over one database.
   *
   * @param dataSource of which each run takes a connection of its own: chunks commit one by one,
   *     whatever transaction the caller is in
   * @param erasure for rules that erase people; null where there is no key to do so, and they fail
   * @param deactivation for rules that deactivate accounts, asked for when the first one runs;
   *     empty where they are to change the accounts' rows only
   */
  public RuleRunner(
      Decisions decisions,
      Dialect dialect,
      DataSource dataSource,
      Transactions transactions,
      Clock clock,
      @Nullable MassErasure erasure,
      Supplier<Optional<Deactivation>> deactivation) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.dataSource = dataSource;
    this.transactions = transactions;
    this.clock = clock;
    this.erasure = erasure;
    this.deactivation = deactivation;
  }

  /**
   * Runs rules one after the other; one that fails does not keep the others from running.
   *
   * @param actor who does it, for the record
   */
  public RoundReport run(List<Rule> rules, RuleLimits limits, String actor) {
    UUID round = UUID.randomUUID();
    return new RoundReport(rules.stream().map(r -> run(r, limits, actor, round)).toList());
  }

  /** The rows that a rule would act on now; changes and locks nothing. */
  public long count(Rule rule) {
    return transactions.look(jdbc -> due(rule, jdbc).count(jdbc));
  }

  /**
   * The same where it does not take too long.
   *
   * @param most in whole seconds, at least one
   * @return empty if it took longer
   */
  public OptionalLong count(Rule rule, Duration most) {
    return transactions.look(
        jdbc -> {
          try {
            return OptionalLong.of(due(rule, jdbc).count(jdbc, Math.toIntExact(most.toSeconds())));
          } catch (DataAccessException e) {
            SQLException cause = Dialect.sqlException(e);
            if (cause == null || dialect.classify(cause) != Dialect.Failure.CANCELLED) {
              throw e;
            }
            return OptionalLong.empty();
          }
        });
  }

  /** The condition that holds of the rows of a rule's table on which it would act now. */
  public String condition(Rule rule) {
    return transactions.look(jdbc -> due(rule, jdbc).condition());
  }

  /** As of now; who only looks may do so without a ledger. */
  private DueRows due(Rule rule, JdbcOperations jdbc) {
    return new DueRows(decisions, dialect, rule, clock.instant(), StandIn.ledger(jdbc));
  }

  /**
   * Runs as recorded, latest first.
   *
   * @param rule its name; null for all
   */
  public List<RuleRun> history(@Nullable String rule, int limit) {
    return history(rule, null, limit);
  }

  /**
   * The same from some place on.
   *
   * @param before only runs with a smaller {@link RuleRun#number}; null for the latest
   */
  public List<RuleRun> history(@Nullable String rule, @Nullable Long before, int limit) {
    return transactions.look(jdbc -> new Runs(jdbc).list(rule, before, limit));
  }

  /**
   * How many rows a rule took on each day in UTC: removed, or deactivated; days without are left
   * out.
   *
   * @param rule its name; null for all rules that delete or erase for good
   */
  public Map<LocalDate, Long> perDay(@Nullable String rule, Instant since) {
    return transactions.look(jdbc -> new Runs(jdbc).perDay(rule, since));
  }

  /** The last run of a rule that got to the end of its work. */
  public Optional<RuleRun> lastFinished(Rule rule) {
    return transactions.look(jdbc -> new Runs(jdbc).lastFinished(rule.name()));
  }

  private RuleReport run(Rule rule, RuleLimits limits, String actor, UUID round) {
    Throttle throttle = new Throttle(limits.rowsPerSecond());
    RunTally tally = new RunTally();
    try {
      Optional<Pause> pause =
          transactions.look(jdbc -> Pauses.find(jdbc, Pauses.rule(rule.name())));
      if (pause.isPresent()) {
        return idle(rule, RuleReport.Outcome.PAUSED, pause.get().reason());
      }
      try (Claim claim = Claim.of(dataSource, Pauses.rule(rule.name())).orElse(null)) {
        return claim == null
            ? idle(rule, RuleReport.Outcome.BUSY, "another process runs it right now")
            : run(rule, limits, actor, round, throttle, tally, claim);
      }
    } catch (LetheException e) {
      LOG.debug("rule {} failed", rule.name(), e);
      return report(rule, null, RuleReport.Outcome.FAILED, tally, throttle, reason(e));
    }
  }

  private RuleReport run(
      Rule rule,
      RuleLimits limits,
      String actor,
      UUID round,
      Throttle throttle,
      RunTally tally,
      Claim claim) {
    Transactions own = new Transactions(claim.dataSource(), dialect, Backoff.DEFAULT);
    Instant begun = clock.instant();
    DueRows due = new DueRows(decisions, dialect, rule, begun, true);
    UUID run = own.change(jdbc -> new Runs(jdbc).begin(rule, round, actor, begun));
    RuleReport.Outcome outcome;
    String note;
    try {
      Deactivation leaving =
          rule.action() == Rule.Action.DEACTIVATE ? deactivation.get().orElse(null) : null;
      RuleAction action =
          new RuleAction(decisions, dialect, own, clock, rule, due, actor, run, leaving);
      RuleWork work = new RuleWork(action, own, new Reasons(dialect), tally);
      note =
          rule.action() == Rule.Action.ERASE
              ? byKeys(people(action, work, limits)::act, work, limits, throttle)
              : flat(rule)
                  ? flat(work, rule, due, limits, throttle)
                  : byKeys(work::act, work, limits, throttle);
      outcome = note == null ? RuleReport.Outcome.FINISHED : RuleReport.Outcome.STOPPED;
    } catch (LetheException e) {
      LOG.debug("rule {} failed", rule.name(), e);
      outcome = RuleReport.Outcome.FAILED;
      note = reason(e);
    }
    end(own, rule, due, run, actor, begun, outcome, tally, note);
    return report(rule, run, outcome, tally, throttle, note);
  }

  private RulePeople people(RuleAction action, RuleWork work, RuleLimits limits) {
    if (erasure == null) {
      throw new InputException(
          "the rule erases people, which needs %s in the environment".formatted(Key.VARIABLE));
    }
    return new RulePeople(decisions, erasure, action, work, limits);
  }

  private boolean flat(Rule rule) {
    return rule.action() == Rule.Action.DELETE && FlatTable.fits(decisions, rule.table());
  }

  /** Returns why it stopped early; null if it did not. */
  private @Nullable String byKeys(
      ToLongFunction<List<DueRows.Key>> act, RuleWork work, RuleLimits limits, Throttle throttle) {
    DueRows.Key after = null;
    while (true) {
      String enough = enough(work, limits, throttle);
      if (enough != null) {
        return enough;
      }
      List<DueRows.Key> keys = work.next(after, limits.rows() - throttle.rows());
      if (keys.isEmpty()) {
        return null;
      }
      after = keys.get(keys.size() - 1);
      throttle.add(act.applyAsLong(keys));
      throttle.await();
    }
  }

  private @Nullable String flat(
      RuleWork work, Rule rule, DueRows due, RuleLimits limits, Throttle throttle) {
    for (FlatTable table : FlatTable.of(decisions, dialect, rule.table(), due)) {
      while (true) {
        String enough = enough(work, limits, throttle);
        if (enough != null) {
          return enough;
        }
        long rows = work.deleteNext(table);
        if (rows < 0) {
          break;
        }
        throttle.add(rows);
        throttle.await();
      }
    }
    return null;
  }

  private static @Nullable String enough(RuleWork work, RuleLimits limits, Throttle throttle) {
    if (throttle.rows() >= limits.rows()) {
      return "the limit of rows was reached";
    }
    if (throttle.elapsed().compareTo(limits.time()) >= 0) {
      return "the limit of time was reached";
    }
    if (limits.stop().getAsBoolean()) {
      return "somebody stopped it";
    }
    return work.paused() == null ? null : "paused: " + work.paused();
  }

  private void end(
      Transactions own,
      Rule rule,
      DueRows due,
      UUID run,
      String actor,
      Instant begun,
      RuleReport.Outcome outcome,
      RunTally tally,
      @Nullable String note) {
    RuleRun.State state =
        switch (outcome) {
          case FINISHED -> RuleRun.State.FINISHED;
          case STOPPED -> RuleRun.State.STOPPED;
          default -> RuleRun.State.FAILED;
        };
    try {
      boolean unused =
          own.change(
              jdbc -> {
                Instant now = clock.instant();
                Runs runs = new Runs(jdbc);
                if (outcome == RuleReport.Outcome.FINISHED) {
                  due.forgetRested(jdbc, begun);
                  runs.forgetIdle(rule.name(), now);
                }
                runs.end(
                    run, rule.name(), actor, state, tally.counts(), tally.setAside(), note, now);
                return true;
              });
    } catch (LetheException e) {
      if (outcome != RuleReport.Outcome.FAILED) {
        throw e;
      }
      // The connection is gone; the next run finds this one unfinished.
      LOG.debug("the end of rule {} could not be recorded", rule.name(), e);
    }
  }

  private String reason(LetheException e) {
    return new Reasons(dialect).ofRun(e);
  }

  private static RuleReport idle(Rule rule, RuleReport.Outcome outcome, String why) {
    return report(rule, null, outcome, new RunTally(), new Throttle(Long.MAX_VALUE), why);
  }

  private static RuleReport report(
      Rule rule,
      @Nullable UUID run,
      RuleReport.Outcome outcome,
      RunTally tally,
      Throttle throttle,
      @Nullable String note) {
    return new RuleReport(
        rule.name(), run, outcome, tally.counts(), tally.setAside(), throttle.elapsed(), note);
  }
}
