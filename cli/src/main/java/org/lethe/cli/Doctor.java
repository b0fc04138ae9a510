package org.lethe.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.lethe.Lethe;
import org.lethe.checklist.Checklist;
import org.lethe.checklist.Code;
import org.lethe.policy.Decisions;
import org.lethe.policy.Policy;
import org.lethe.policy.PolicyException;
import org.lethe.retention.Overdue;
import org.lethe.schema.Catalog;
import org.lethe.trash.LedgerSchema;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sees whether Lethe can do its work in this database as this role; changes nothing. */
final class Doctor {

  /** The oldest server that is tested. */
  private static final int OLDEST_SERVER = 150_000;

  private static final Duration TOLERATED_CLOCK_DIFFERENCE = Duration.ofSeconds(5);

  private static final String SERVER =
      """
      select current_setting('server_version') as version,
             current_setting('server_version_num')::int as version_number,
             current_user::text as role,
             r.rolsuper as superuser,
             r.rolbypassrls as bypasses_rls,
             has_database_privilege(current_database(), 'TEMP') as may_create_temp,
             pg_is_in_recovery() as replica,
             current_setting('default_transaction_read_only')::bool as read_only,
             clock_timestamp() as now
        from pg_roles r
       where r.rolname = current_user
      """;

  private static final String TABLES =
      """
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p')
         and not c.relispartition
         and n.nspname not in ('information_schema', 'lethe')
         and n.nspname !~ '^pg_'
      """;

  private static final String HIDDEN_BY_RLS =
      "select c.oid::regclass::text"
          + TABLES
          + " and row_security_active(c.oid) order by c.oid::regclass::text";

  private static final String NOT_DELETABLE =
      "select c.oid::regclass::text"
          + TABLES
          + " and not (has_table_privilege(c.oid, 'SELECT') and has_table_privilege(c.oid, 'DELETE'))"
          + " order by c.oid::regclass::text";

  private static final String COUNT_TABLES = "select count(*)" + TABLES;

  private static final String DEFERRABLE =
      "select count(*) from pg_constraint where contype = 'f' and conparentid = 0 and condeferrable";

  /** What was found about one subject. */
  record Finding(Level level, String subject, String text) {}

  enum Level {
    OK,
    WARN,
    FAIL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Database database;
  private final Supplier<Optional<Policy>> policyReader;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param policyReader yields nothing where there is no policy; may throw its faults
   */
  Doctor(Database database, Supplier<Optional<Policy>> policyReader) {
    this.database = database;
    this.policyReader = policyReader;
  }

  List<Finding> examine() {
    JdbcTemplate jdbc = new JdbcTemplate(database);
    jdbc.query(
        SERVER,
        rs -> {
          server(rs.getString("version"), rs.getInt("version_number"));
          role(rs.getString("role"), rs.getBoolean("superuser"), rs.getBoolean("bypasses_rls"));
          writable(rs.getBoolean("replica"), rs.getBoolean("read_only"));
          temporaryTables(rs.getBoolean("may_create_temp"), rs.getString("role"));
          clock(rs.getObject("now", OffsetDateTime.class).toInstant());
        });
    rowSecurity(jdbc.queryForList(HIDDEN_BY_RLS, String.class));
    rights(jdbc.queryForList(NOT_DELETABLE, String.class), count(jdbc, COUNT_TABLES));
    deferrable(count(jdbc, DEFERRABLE));
    Catalog catalog = Lethe.readCatalog(database);
    indexes(catalog);
    policy(catalog);
    return List.copyOf(findings);
  }

  private static long count(JdbcTemplate jdbc, String sql) {
    Long count = jdbc.queryForObject(sql, Long.class);
    return count == null ? 0 : count;
  }

  private void server(String version, int number) {
    String text = "PostgreSQL " + version + " at " + database.url();
    if (number < OLDEST_SERVER) {
      add(Level.WARN, "server", text + "; Lethe is tested with 15 to 18");
    } else {
      add(Level.OK, "server", text);
    }
  }

  private void role(String role, boolean superuser, boolean bypassesRls) {
    String text =
        role + (superuser ? ", superuser" : bypassesRls ? ", sees past row-level security" : "");
    add(Level.OK, "role", text);
  }

  private void writable(boolean replica, boolean readOnly) {
    if (replica) {
      add(
          Level.FAIL,
          "writable",
          "this is a replica, where nobody can make the temporary tables that even a preview needs");
    } else if (readOnly) {
      add(Level.FAIL, "writable", "default_transaction_read_only is on for this role or database");
    } else {
      add(Level.OK, "writable", "yes");
    }
  }

  private void temporaryTables(boolean allowed, String role) {
    if (allowed) {
      add(Level.OK, "temp tables", "allowed");
    } else {
      add(
          Level.FAIL,
          "temp tables",
          "needed to collect rows: grant temporary on database ... to " + role);
    }
  }

  private void clock(Instant server) {
    Duration difference = Duration.between(server, Instant.now()).abs();
    if (difference.compareTo(TOLERATED_CLOCK_DIFFERENCE) > 0) {
      add(Level.WARN, "clock", "differs from the server's by " + difference.toSeconds() + " s");
    } else {
      add(Level.OK, "clock", "agrees with the server's");
    }
  }

  private void rowSecurity(List<String> tables) {
    if (tables.isEmpty()) {
      add(Level.OK, "row security", "hides nothing from this role");
    } else {
      add(
          Level.WARN,
          "row security",
          "may hide rows of %s; removals that reach them are refused: use a role with bypassrls"
              .formatted(some(tables)));
    }
  }

  private void rights(List<String> tables, long all) {
    if (tables.isEmpty()) {
      add(Level.OK, "rights", "may read and delete in all " + all + " tables");
    } else {
      add(
          tables.size() == all ? Level.FAIL : Level.WARN,
          "rights",
          "may not read and delete in %d of %d tables: %s"
              .formatted(tables.size(), all, some(tables)));
    }
  }

  private void deferrable(long foreignKeys) {
    add(
        Level.OK,
        "deferrable",
        "%s deferrable foreign key%s"
            .formatted(foreignKeys == 0 ? "no" : foreignKeys, foreignKeys == 1 ? "" : "s"));
  }

  private void indexes(Catalog catalog) {
    long without =
        Checklist.run(Policy.empty(), catalog).stream()
            .filter(f -> f.code() == Code.MISSING_INDEX)
            .count();
    if (without == 0) {
      add(Level.OK, "indexes", "every foreign key has one");
    } else {
      add(
          Level.WARN,
          "indexes",
          "missing under %d foreign key%s; removals scan those tables (lethe check names them)"
              .formatted(without, without == 1 ? "" : "s"));
    }
  }

  private void policy(Catalog catalog) {
    try {
      Policy policy = policyReader.get().orElse(null);
      if (policy == null) {
        add(Level.WARN, "policy", "none: the database's own rules hold (lethe init writes one)");
        return;
      }
      Decisions decisions = Decisions.resolve(policy, catalog);
      add(
          Level.OK,
          "policy",
          "%s fits; %d relations".formatted(policy.source(), decisions.graph().relations().size()));
      retention(decisions);
    } catch (PolicyException e) {
      e.findings().forEach(f -> add(Level.FAIL, "policy", Failures.line(e.source(), f)));
    }
  }

  /** Whether somebody runs what should run. */
  private void retention(Decisions decisions) {
    if (!LedgerSchema.isCurrent(database)) {
      if (!decisions.rules().isEmpty()) {
        add(Level.WARN, "retention", "no rule has run yet; lethe serve runs what is due");
      }
      return;
    }
    List<Overdue> overdue = Lethe.builder(database).decisions(decisions).build().overdue();
    List<RulesSession.Warning> warnings = RulesSession.warnings(overdue);
    warnings.forEach(w -> add(w.late() ? Level.FAIL : Level.WARN, "retention", w.text()));
    if (warnings.isEmpty()) {
      add(Level.OK, "retention", "the purge and all rules ran when they should");
    }
  }

  private static String some(List<String> names) {
    int shown = Math.min(5, names.size());
    int more = names.size() - shown;
    return String.join(", ", names.subList(0, shown)) + (more > 0 ? " and " + more + " more" : "");
  }

  private void add(Level level, String subject, String text) {
    findings.add(new Finding(level, subject, text));
  }
}
