package org.lethe.trash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;

/**
 * Lethe's own tables, in a schema of their own beside the application's, so that a removal and its
 * ledger commit together. Thread-safe; several processes may start at once.
 */
public final class LedgerSchema {

  /** The schema that holds them. */
  public static final String NAME = "lethe";

  private static final String HISTORY = "schema_history";

  /** The last of the migrations; starting Flyway to learn that it was run costs 0.2 s. */
  static final int LATEST = 8;

  // Not to_regclass, which fails without the right to use the schema.
  private static final String STATE =
      """
      select c.oid is not null as made,
             case when n.oid is null
                  then pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create')
                  else pg_catalog.has_schema_privilege(n.oid, 'create') end as may_make,
             coalesce(pg_catalog.has_schema_privilege(n.oid, 'usage')
                      and pg_catalog.has_table_privilege(h.oid, 'select'), false) as may_use
        from (values (0)) as one(row)
        left join pg_catalog.pg_namespace as n on n.nspname = '%1$s'
        left join pg_catalog.pg_class as c
               on c.relnamespace = n.oid and c.relname = 'deletion' and c.relkind = 'r'
        left join pg_catalog.pg_class as h
               on h.relnamespace = n.oid and h.relname = '%2$s' and h.relkind = 'r'
      """
          .formatted(NAME, HISTORY);

  // What has no version is the schema itself.
  private static final String VERSION =
      "select max(version::integer), bool_and(success) from %s.%s where version is not null"
          .formatted(NAME, HISTORY);

  private LedgerSchema() {}

  /** How the tables are, and what this role may do. */
  private record State(boolean made, boolean mayMake, boolean mayUse, Applied applied) {

    boolean current() {
      return applied.latest() == LATEST && applied.whole();
    }
  }

  /**
   * The migrations that were run.
   *
   * @param latest 0 if none was
   * @param whole false if one of them failed
   */
  private record Applied(int latest, boolean whole) {

    static final Applied NONE = new Applied(0, true);
  }

  /**
   * Whether they are there at all; creates nothing.
   *
   * @throws LetheException if there is no connection
   */
  public static boolean exists(DataSource dataSource) {
    return state(dataSource).made();
  }

  /**
   * Whether they are there, and as this version of Lethe has them; creates nothing.
   *
   * @throws LetheException if there is no connection
   */
  public static boolean isCurrent(DataSource dataSource) {
    return state(dataSource).current();
  }

  /**
   * Whether they are there or could be; creates nothing.
   *
   * @throws NotPermittedException if this role may neither use nor make them
   * @throws LetheException if there is no connection
   */
  public static void check(DataSource dataSource) {
    refuse(state(dataSource));
  }

  private static void refuse(State state) {
    if (!state.made() && !state.mayMake()) {
      throw new NotPermittedException(
          "this role may not create the schema %s for Lethe's own tables; grant it create on the database, or let another role use the trash once"
              .formatted(NAME));
    }
    if (state.made() && !state.mayUse()) {
      throw new NotPermittedException(
          "this role may not use Lethe's own tables; grant it usage on schema %s and select, insert, update and delete on all tables in it"
              .formatted(NAME));
    }
  }

  private static State state(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      boolean made;
      boolean mayMake;
      boolean mayUse;
      try (ResultSet answer = statement.executeQuery(STATE)) {
        answer.next();
        made = answer.getBoolean("made");
        mayMake = answer.getBoolean("may_make");
        mayUse = answer.getBoolean("may_use");
      }
      return new State(made, mayMake, mayUse, made && mayUse ? applied(statement) : Applied.NONE);
    } catch (SQLException e) {
      throw new LetheException(
          "cannot look for Lethe's own tables: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no message"),
          e);
    }
  }

  private static Applied applied(Statement statement) throws SQLException {
    try (ResultSet answer = statement.executeQuery(VERSION)) {
      return answer.next() ? new Applied(answer.getInt(1), answer.getBoolean(2)) : Applied.NONE;
    }
  }

  /**
   * Creates what is missing and brings the rest up to date; hardly costs anything where there is
   * nothing to do.
   *
   * @throws NotPermittedException if they are missing and the role may not create them, or may not
   *     use them
   * @throws LetheException if the role may not change them, or they are from a newer Lethe
   */
  public static void migrate(DataSource dataSource) {
    State state = state(dataSource);
    // Without the right to, Flyway would try for ten seconds before it says so.
    refuse(state);
    Applied applied = state.applied();
    if (applied.latest() > LATEST) {
      // Flyway would let it pass.
      throw new LetheException(
          "Lethe's own tables in schema %s are from a newer Lethe (version %d, this one knows %d): use that"
              .formatted(NAME, applied.latest(), LATEST));
    }
    if (state.current()) {
      return;
    }
    try {
      Flyway.configure(LedgerSchema.class.getClassLoader())
          .dataSource(dataSource)
          .schemas(NAME)
          .defaultSchema(NAME)
          .createSchemas(true)
          .table(HISTORY)
          .locations("classpath:org/lethe/trash/postgresql")
          .cleanDisabled(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new LetheException(
          "Lethe's own tables cannot be set up in schema "
              + NAME
              + ": "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no message")
              + ". The role needs the right to create a schema, once",
          e);
    }
  }
}
