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
 * A part of Lethe's own tables: how they come to be, and stay as this version of Lethe has them.
 * Thread-safe; several processes may start at once.
 */
public final class MigratedTables {

  private final ClassLoader loader;
  private final String location;
  private final String history;
  private final int latest;
  private final boolean beside;

  /**
   * A part.
   *
   * @param owner whose class path has the migrations
   * @param location the folder of the migrations there
   * @param history the table that says which of them were run
   * @param latest the last of them; starting Flyway to learn that it was run costs 0.2 s
   * @param beside whether another part makes the schema; what makes it wants it to be empty
   */
  public MigratedTables(
      Class<?> owner, String location, String history, int latest, boolean beside) {
    this.loader = owner.getClassLoader();
    this.location = location;
    this.history = history;
    this.latest = latest;
    this.beside = beside;
  }

  // Not to_regclass, which fails without the right to use the schema.
  private static final String STATE =
      """
      select h.oid is not null as made,
             case when n.oid is null
                  then pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create')
                  else pg_catalog.has_schema_privilege(n.oid, 'create') end as may_make,
             coalesce(pg_catalog.has_schema_privilege(n.oid, 'usage')
                      and pg_catalog.has_table_privilege(h.oid, 'select'), false) as may_use
        from (values (0)) as one(row)
        left join pg_catalog.pg_namespace as n on n.nspname = '%1$s'
        left join pg_catalog.pg_class as h
               on h.relnamespace = n.oid and h.relname = '%2$s' and h.relkind = 'r'
      """;

  // What has no version is the schema itself.
  private static final String VERSION =
      "select max(version::integer), bool_and(success) from %s.%s where version is not null";

  /** How the tables are, and what this role may do. */
  private record State(boolean made, boolean mayMake, boolean mayUse, Applied applied) {

    boolean current(int latest) {
      return applied.latest() == latest && applied.whole();
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
  public boolean exist(DataSource dataSource) {
    State state = state(dataSource);
    return state.made() && (!state.mayUse() || state.applied().latest() > 0);
  }

  /**
   * Whether they are there, and as this version of Lethe has them; creates nothing.
   *
   * @throws LetheException if there is no connection
   */
  public boolean areCurrent(DataSource dataSource) {
    return state(dataSource).current(latest);
  }

  /**
   * Whether they are there or could be; creates nothing.
   *
   * @throws NotPermittedException if this role may neither use nor make them
   * @throws LetheException if there is no connection
   */
  public void check(DataSource dataSource) {
    refuse(state(dataSource));
  }

  private static void refuse(State state) {
    if (!state.made() && !state.mayMake()) {
      throw new NotPermittedException(
          "this role may not create the schema %s for Lethe's own tables; grant it create on the database, or let another role use the trash once"
              .formatted(LedgerSchema.NAME));
    }
    if (state.made() && !state.mayUse()) {
      throw new NotPermittedException(
          "this role may not use Lethe's own tables; grant it usage on schema %s and select, insert, update and delete on all tables in it"
              .formatted(LedgerSchema.NAME));
    }
  }

  private State state(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      boolean made;
      boolean mayMake;
      boolean mayUse;
      try (ResultSet answer = statement.executeQuery(STATE.formatted(LedgerSchema.NAME, history))) {
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

  private Applied applied(Statement statement) throws SQLException {
    try (ResultSet answer = statement.executeQuery(VERSION.formatted(LedgerSchema.NAME, history))) {
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
  public void migrate(DataSource dataSource) {
    State state = state(dataSource);
    // Without the right to, Flyway would try for ten seconds before it says so.
    refuse(state);
    Applied applied = state.applied();
    if (applied.latest() > latest) {
      // Flyway would let it pass.
      throw new LetheException(
          "Lethe's own tables in schema %s are from a newer Lethe (version %d, this one knows %d): use that"
              .formatted(LedgerSchema.NAME, applied.latest(), latest));
    }
    if (state.current(latest)) {
      return;
    }
    try {
      Flyway.configure(loader)
          .dataSource(dataSource)
          .schemas(LedgerSchema.NAME)
          .defaultSchema(LedgerSchema.NAME)
          .createSchemas(true)
          .table(history)
          .locations("classpath:" + location)
          .baselineOnMigrate(beside)
          .baselineVersion("0")
          .cleanDisabled(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new LetheException(
          "Lethe's own tables cannot be set up in schema "
              + LedgerSchema.NAME
              + ": "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no message")
              + ". The role needs the right to create a schema, once",
          e);
    }
  }
}
