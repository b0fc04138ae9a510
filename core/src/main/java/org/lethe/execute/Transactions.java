package org.lethe.execute;

import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one place that begins, commits and rolls back. Joins the caller's transaction where there is
 * one; then retrying and committing are the caller's too. Thread-safe.
 */
public final class Transactions {

  private final DataSource dataSource;
  private final Dialect dialect;
  private final Backoff backoff;

  public Transactions(DataSource dataSource, Dialect dialect, Backoff backoff) {
    this.dataSource = dataSource;
    this.dialect = dialect;
    this.backoff = backoff;
  }

  /** Another transaction got in between in a way that only a fresh start can settle. */
  static final class LostRaceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostRaceException(String message) {
      super(message);
    }
  }

  /** Runs work that looks only: at one moment in time, and rolled back whatever it does. */
  public <T> T look(Function<JdbcOperations, T> work) {
    boolean joined = joined();
    TransactionTemplate template = template();
    if (joined) {
      // Only what the work itself did is undone.
      template.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }
    try {
      return result(
          template.execute(
              status -> {
                status.setRollbackOnly();
                return work.apply(
                    joined
                        ? begun(dialect.prepareTransaction())
                        : begun(dialect.beginTransaction(true)));
              }));
    } catch (DataAccessException | TransactionException e) {
      throw explained(e, false);
    }
  }

  /** Runs work that changes things, completely or not at all, again if it loses a race. */
  public <T> T change(Function<JdbcOperations, T> work) {
    return change((jdbc, again) -> work.apply(jdbc));
  }

  /** Work that may be run again. */
  interface Repeatable<T> {

    /**
     * Does it.
     *
     * @param again whether it is run once more, from the start, if the database then refuses what
     *     somebody else did in the meantime
     */
    T run(JdbcOperations jdbc, boolean again);
  }

  /** The same for work that does with less care what it can do again. */
  <T> T change(Repeatable<T> work) {
    if (joined()) {
      try {
        return result(
            template().execute(status -> work.run(begun(dialect.prepareTransaction()), false)));
      } catch (DataAccessException | TransactionException | LostRaceException e) {
        throw explained(e, false);
      }
    }
    // Each statement must see what was committed while it waited for locks.
    String ours = dialect.beginTransaction(false);
    for (int attempt = 1; ; attempt++) {
      boolean[] committing = new boolean[1];
      boolean again = attempt == 1 && backoff.attempts() > 1;
      try {
        return result(
            template()
                .execute(
                    status -> {
                      T done = work.run(begun(ours), again);
                      new JdbcTemplate(dataSource).execute(dialect.checkConstraintsNow());
                      committing[0] = true;
                      return done;
                    }));
      } catch (DataAccessException | TransactionException | LostRaceException e) {
        if (attempt >= backoff.attempts() || !worthRetrying(e, attempt)) {
          throw explained(e, committing[0]);
        }
        pause(attempt);
      }
    }
  }

  /**
   * The transaction's connection, once its settings are made. They come with the level of
   * isolation: through JDBC that would have to be asked for and set by itself, and set back.
   */
  private JdbcOperations begun(String settings) {
    JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    jdbc.execute(settings);
    return jdbc;
  }

  private boolean joined() {
    return TransactionSynchronizationManager.isActualTransactionActive()
        && TransactionSynchronizationManager.hasResource(dataSource);
  }

  private TransactionTemplate template() {
    return new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  private static <T> T result(@Nullable T result) {
    if (result == null) {
      throw new IllegalStateException("work without a result");
    }
    return result;
  }

  /**
   * A foreign key violation can only mean that something slipped in that the catalog did not show;
   * once more will tell, many times more will not.
   */
  private boolean worthRetrying(RuntimeException e, int attempt) {
    if (e instanceof LostRaceException) {
      return true;
    }
    SQLException cause = Dialect.sqlException(e);
    Dialect.Failure failure = cause == null ? Dialect.Failure.OTHER : dialect.classify(cause);
    return failure == Dialect.Failure.RETRY
        || (failure == Dialect.Failure.FOREIGN_KEY && attempt < 3);
  }

  private void pause(int attempt) {
    try {
      Thread.sleep(backoff.after(attempt).toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RemovalFailedException("interrupted; nothing was changed", interrupted);
    }
  }

  private LetheException explained(RuntimeException e, boolean committing) {
    SQLException cause = Dialect.sqlException(e);
    if (cause == null) {
      return new RemovalFailedException(e.getMessage() + "; nothing was changed", e);
    }
    String said = dialect.describe(cause);
    return switch (dialect.classify(cause)) {
      case CONNECTION_LOST ->
          committing
              ? new OutcomeUnknownException(cause)
              : new RemovalFailedException(
                  "no connection to the database, or it was lost: "
                      + said
                      + "; nothing was changed",
                  cause);
      case NOT_PERMITTED ->
          new NotPermittedException(
              said
                  + "; nothing was changed. Connect as a role that may see and delete all these rows",
              cause);
      case BAD_INPUT -> new InputException("the database cannot use this: " + said, cause);
      case FOREIGN_KEY ->
          new RemovalFailedException(
              "the database still sees a reference: "
                  + said
                  + "; nothing was changed. If the schema changed lately, start again so that it is"
                  + " read anew",
              cause);
      case UNIQUE ->
          new RemovalFailedException(
              "changing references would make duplicates: "
                  + said
                  + "; nothing was changed. Choose another rule for that relation in the policy",
              cause);
      case NOT_NULL ->
          new RemovalFailedException(
              said + "; nothing was changed. Choose another rule for that relation in the policy",
              cause);
      case CANCELLED -> new RemovalFailedException("cancelled; nothing was changed", cause);
      case RETRY ->
          new RemovalFailedException(
              "other transactions kept getting in the way ("
                  + said
                  + "); nothing was changed, try again later",
              cause);
      case OTHER -> new RemovalFailedException(said + "; nothing was changed", cause);
    };
  }
}
