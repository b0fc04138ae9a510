package org.lethe.server.records;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.lethe.Lethe;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.error.NotPermittedException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads rows for pages: at one moment in time, as texts that read the same in every session, and
 * never for longer than somebody waits. Thread-safe.
 */
@Component
final class Reads {

  static final Duration PAGE = Duration.ofSeconds(6);
  static final Duration FILE = Duration.ofMinutes(15);

  private final JdbcTemplate jdbc;
  private final PlatformTransactionManager manager;
  private final Dialect dialect;

  Reads(JdbcTemplate jdbc, PlatformTransactionManager manager, Lethe lethe) {
    this.jdbc = jdbc;
    this.manager = manager;
    this.dialect = Dialect.of(lethe.catalog());
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * Reads something.
   *
   * @throws TooSlowException if it takes longer than the limit
   * @throws InputException if the database cannot use a value that was asked for
   * @throws NotPermittedException if Lethe's own role may not read this
   */
  <T> T read(Duration limit, Function<JdbcTemplate, T> work) {
    TransactionTemplate template = new TransactionTemplate(manager);
    template.setReadOnly(true);
    template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    // A page inside another's read, as one of several counts, must not spoil the rest.
    template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    try {
      return Objects.requireNonNull(
          template.execute(
              status -> {
                jdbc.query(dialect.fixTextForms(), rs -> {});
                jdbc.query(
                    "select set_config('statement_timeout', ?, true), set_config('jit', 'off', true)",
                    rs -> {},
                    limit.toMillis() + "ms");
                return work.apply(jdbc);
              }));
    } catch (DataAccessException e) {
      throw explained(e);
    }
  }

  private RuntimeException explained(DataAccessException e) {
    java.sql.SQLException cause = Dialect.sqlException(e);
    if (cause == null) {
      return e;
    }
    return switch (dialect.classify(cause)) {
      case CANCELLED -> new TooSlowException(e);
      case BAD_INPUT ->
          new InputException("The database cannot use this: " + dialect.describe(cause) + ".", e);
      case NOT_PERMITTED ->
          new NotPermittedException(
              "Lethe's own role at the database may not read this: " + dialect.describe(cause), e);
      default -> e;
    };
  }
}
