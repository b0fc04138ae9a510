package org.lethe.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.lethe.audit.Audit;
import org.lethe.error.InputException;
import org.lethe.execute.Transactions;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/** What must not run for now, and why; recorded and audited. Thread-safe. */
public final class Pauses {

  /** The purge of the trash. */
  public static final String PURGE = "purge";

  private static final String PAUSE = "select task, reason, paused_at, paused_by from lethe.pause";

  private final Transactions transactions;
  private final Clock clock;

  public Pauses(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** The task that runs a rule. */
  public static String rule(String name) {
    return "rule " + name;
  }

  /** All that is paused. */
  public List<Pause> list() {
    return transactions.look(jdbc -> jdbc.query(PAUSE + " order by task", Pauses::pause));
  }

  /** Why a task is paused; empty if it is not. */
  public Optional<Pause> find(String task) {
    return transactions.look(jdbc -> find(jdbc, task));
  }

  /**
   * Pauses a task; a run under way stops soon.
   *
   * @throws InputException without a reason, or if it is paused already
   */
  public void pause(String task, By by) {
    String reason = by.reason();
    if (reason == null || reason.isBlank()) {
      throw new InputException("a pause needs a reason");
    }
    boolean paused =
        transactions.change(
            jdbc -> {
              boolean done =
                  jdbc.update(
                          """
                          insert into lethe.pause (task, reason, paused_at, paused_by)
                          values (?, ?, ?, ?) on conflict do nothing
                          """,
                          task,
                          reason,
                          Timestamp.from(clock.instant()),
                          by.actor())
                      == 1;
              if (done) {
                new Audit(jdbc).append(clock.instant(), by.actor(), "pause", task, reason, "{}");
              }
              return done;
            });
    if (!paused) {
      throw new InputException(task + " is paused already");
    }
  }

  /**
   * Lets a task run again.
   *
   * @throws InputException if it is not paused
   */
  public void resume(String task, By by) {
    boolean resumed =
        transactions.change(
            jdbc -> {
              boolean done = jdbc.update("delete from lethe.pause where task = ?", task) == 1;
              if (done) {
                new Audit(jdbc)
                    .append(clock.instant(), by.actor(), "resume", task, by.reason(), "{}");
              }
              return done;
            });
    if (!resumed) {
      throw new InputException(task + " is not paused");
    }
  }

  /** Within the caller's transaction. */
  static Optional<Pause> find(JdbcOperations jdbc, String task) {
    return jdbc.query(PAUSE + " where task = ?", Pauses::pause, task).stream().findFirst();
  }

  private static Pause pause(ResultSet rs, int n) throws SQLException {
    return new Pause(
        rs.getString("task"),
        rs.getString("reason"),
        rs.getTimestamp("paused_at").toInstant(),
        rs.getString("paused_by"));
  }
}
