package org.lethe.execute;

import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.lethe.collect.BlockedException;
import org.lethe.dialect.Dialect;
import org.lethe.error.LetheException;
import org.lethe.error.RefusedException;

/**
 * What a failure means for a run over many rows, and how it is put down: without anything of
 * anybody. Immutable.
 */
public final class Reasons {

  /** What to do about a failure. */
  public enum Cause {
    /** The same again may succeed. */
    LOST_RACE,
    /** Some row is at fault; others may go. */
    ROWS,
    /** Nothing will go until this is settled. */
    EVERYTHING
  }

  private final Dialect dialect;

  public Reasons(Dialect dialect) {
    this.dialect = dialect;
  }

  /** What to do about it. */
  public Cause cause(LetheException e) {
    if (e instanceof BlockedException || e instanceof RefusedException) {
      return Cause.ROWS;
    }
    SQLException sql = Dialect.sqlException(e);
    if (sql == null) {
      return e instanceof RemovalFailedException ? Cause.LOST_RACE : Cause.EVERYTHING;
    }
    return switch (dialect.classify(sql)) {
      case RETRY -> Cause.LOST_RACE;
      case FOREIGN_KEY, UNIQUE, NOT_NULL, OTHER -> Cause.ROWS;
      case NOT_PERMITTED, BAD_INPUT, CANCELLED, CONNECTION_LOST -> Cause.EVERYTHING;
    };
  }

  /** Whether it says nothing about what was being done. */
  public boolean connectionLost(LetheException e) {
    SQLException sql = Dialect.sqlException(e);
    return sql != null && dialect.classify(sql) == Dialect.Failure.CONNECTION_LOST;
  }

  /** Why rows were set aside. */
  public String ofRows(LetheException e) {
    if (e instanceof BlockedException blocked) {
      Set<String> relations = new TreeSet<>();
      blocked
          .blockers()
          .forEach(b -> relations.add(b.relation().name() + " (" + b.kind().word() + ")"));
      return "blocked by " + String.join(", ", relations);
    }
    if (e instanceof RefusedException) {
      return String.valueOf(e.getMessage());
    }
    SQLException sql = Dialect.sqlException(e);
    return sql == null
        ? "others kept changing them"
        : "refused by the database [" + sql.getSQLState() + "]";
  }

  /** Why a run failed; the application's own errors, and values that do not fit, are not quoted. */
  public String ofRun(LetheException e) {
    SQLException sql = Dialect.sqlException(e);
    String state = sql == null ? null : sql.getSQLState();
    if (state != null && (state.startsWith("22") || state.startsWith("P0"))) {
      return "the database refused it [" + state + "]";
    }
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
  }
}
