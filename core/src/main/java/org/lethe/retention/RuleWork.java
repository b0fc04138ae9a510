package org.lethe.retention;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Counts;
import org.lethe.error.LetheException;
import org.lethe.execute.Reasons;
import org.lethe.execute.Transactions;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The chunks of one run: each commits together with the run's record. Where one fails, the row at
 * fault is searched by halving and set aside, so that it does not hold up the others. Not
 * thread-safe.
 */
final class RuleWork {

  /** Rows found, collected and acted on at once. */
  private static final int CHUNK = 1000;

  private static final int ATTEMPTS = 6;
  private static final long FIRST_PAUSE_MILLIS = 50;

  private final RuleAction action;
  private final Transactions transactions;
  private final Reasons reasons;
  private final RunTally tally;
  private @Nullable String paused;

  RuleWork(RuleAction action, Transactions transactions, Reasons reasons, RunTally tally) {
    this.action = action;
    this.transactions = transactions;
    this.reasons = reasons;
    this.tally = tally;
  }

  /** Why the rule is paused, as far as a chunk found out; null if none did. */
  @Nullable String paused() {
    return paused;
  }

  /** The keys of the next rows. */
  List<DueRows.Key> next(DueRows.@Nullable Key after, long most) {
    int limit = (int) Math.min(CHUNK, most);
    return transactions.look(jdbc -> action.due().next(jdbc, after, limit, action.now()));
  }

  /**
   * Acts on rows; those that cannot go are set aside.
   *
   * @return how many rows went or changed, over all tables
   */
  long act(List<DueRows.Key> keys) {
    try {
      long touched = persistently(jdbc -> action.act(jdbc, keys)).touched();
      action.committed();
      return touched;
    } catch (LetheException e) {
      if (reasons.cause(e) == Reasons.Cause.EVERYTHING) {
        throw e;
      }
      if (keys.size() == 1) {
        setAside(keys.get(0), reasons.ofRows(e));
        return 0;
      }
      int half = keys.size() / 2;
      return act(keys.subList(0, half)) + act(keys.subList(half, keys.size()));
    }
  }

  /**
   * Deletes the next chunk of a table that nothing hangs on.
   *
   * @return how many rows went; negative when there is nothing left to look at
   */
  long deleteNext(FlatTable table) {
    long[] rows = new long[1];
    persistently(
        jdbc -> {
          if (!table.measured()) {
            table.measure(jdbc);
          }
          rows[0] = table.deleteNext(jdbc);
          return rows[0] <= 0 ? Counts.NONE : action.gone(rows[0]);
        });
    if (paused == null) {
      table.advance(rows[0]);
    }
    return rows[0];
  }

  /**
   * Writes down what was done outside of this run's own transactions.
   *
   * @param all what the whole run did so far
   * @param refused rows that could not be taken, and why; they rest
   * @param quietly rows that need not be, and rest too
   * @return whether to go on
   */
  boolean record(Counts all, Map<DueRows.Key, String> refused, List<DueRows.Key> quietly) {
    boolean unused =
        transactions.change(
            jdbc -> {
              Runs runs = owned(jdbc);
              if (tally.counts().equals(Counts.NONE) && !all.equals(Counts.NONE)) {
                action.begins(jdbc);
              }
              quietly.forEach(k -> action.due().setAside(jdbc, k, action.now()));
              runs.progress(action.run(), all, tally.setAside());
              return true;
            });
    tally.become(all);
    refused.forEach(this::setAside);
    return paused == null;
  }

  private void setAside(DueRows.Key key, String reason) {
    Map<String, Long> after = new TreeMap<>(tally.setAside());
    after.merge(reason, 1L, Long::sum);
    boolean unused =
        transactions.change(
            jdbc -> {
              Runs runs = owned(jdbc);
              action.due().setAside(jdbc, key, action.now());
              runs.progress(action.run(), tally.counts(), after);
              return true;
            });
    tally.setAside(reason);
  }

  /** Runs a chunk in its transaction, again if it loses a race. */
  private Counts persistently(Function<JdbcOperations, Counts> chunk) {
    for (int attempt = 1; ; attempt++) {
      try {
        Counts counts = transactions.change(jdbc -> recorded(jdbc, chunk));
        tally.add(counts);
        return counts;
      } catch (LetheException e) {
        if (attempt >= ATTEMPTS || reasons.cause(e) != Reasons.Cause.LOST_RACE) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  private Counts recorded(JdbcOperations jdbc, Function<JdbcOperations, Counts> chunk) {
    Runs runs = owned(jdbc);
    if (paused != null) {
      return Counts.NONE;
    }
    Counts counts = chunk.apply(jdbc);
    if (!counts.equals(Counts.NONE)) {
      if (tally.counts().equals(Counts.NONE)) {
        action.begins(jdbc);
      }
      runs.progress(action.run(), tally.counts().plus(counts), tally.setAside());
    }
    return counts;
  }

  private Runs owned(JdbcOperations jdbc) {
    Runs runs = new Runs(jdbc);
    Runs.Standing standing = runs.lock(action.run(), action.rule().name());
    if (!standing.ours()) {
      throw new TakenOverException();
    }
    paused = standing.paused();
    return runs;
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(FIRST_PAUSE_MILLIS << attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LetheException("interrupted; what was done is done, the rest goes on later", e);
    }
  }
}
