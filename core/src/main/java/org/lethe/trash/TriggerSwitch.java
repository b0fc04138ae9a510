package org.lethe.trash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lethe.dialect.Dialect;
import org.lethe.schema.TableId;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Turns the application's own triggers and rules of a table off, and back on as they were. Foreign
 * keys are enforced by other triggers, which stay on. For one transaction, and gone with it if it
 * is rolled back.
 */
final class TriggerSwitch {

  private static final String ENABLED =
      """
      select 'trigger' as kind, tgname as name, tgenabled::text as state from pg_catalog.pg_trigger
       where tgrelid = ?::regclass and not tgisinternal and tgparentid = 0 and tgenabled <> 'D'
      union all
      select 'rule', rulename, ev_enabled::text from pg_catalog.pg_rewrite
       where ev_class = ?::regclass and ev_enabled <> 'D' and ev_type <> '1'
       order by 1, 2
      """;

  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Map<TableId, List<String>> back = new LinkedHashMap<>();

  TriggerSwitch(Dialect dialect, JdbcOperations jdbc) {
    this.dialect = dialect;
    this.jdbc = jdbc;
  }

  /**
   * Turns them off; once is enough.
   *
   * @throws RestoreException if the role may not
   */
  void off(TableId table) {
    if (back.containsKey(table)) {
      return;
    }
    String name = dialect.quote(table);
    List<String> on = new ArrayList<>();
    List<String> off = new ArrayList<>();
    List<String> names = new ArrayList<>();
    jdbc.query(
        ENABLED,
        rs -> {
          String one = rs.getString("kind") + " " + dialect.quote(rs.getString("name"));
          String state =
              switch (rs.getString("state")) {
                case "A" -> "enable always ";
                case "R" -> "enable replica ";
                default -> "enable ";
              };
          names.add(rs.getString("kind") + " " + rs.getString("name"));
          off.add("alter table " + name + " disable " + one);
          on.add("alter table " + name + " " + state + one);
        },
        name,
        name);
    back.put(table, on);
    if (off.isEmpty()) {
      return;
    }
    try {
      // A table with checks still to be made cannot be altered.
      jdbc.execute(dialect.checkConstraintsNow());
      off.forEach(jdbc::execute);
    } catch (DataAccessException e) {
      throw new RestoreException(
          "%s of %s would change what comes back, and this role may not turn it off; nothing was changed. Restore as the owner of the table"
              .formatted(String.join(", ", names), table.name()),
          e);
    }
  }

  /** Turns on what was on. */
  void back() {
    if (back.values().stream().anyMatch(l -> !l.isEmpty())) {
      jdbc.execute(dialect.checkConstraintsNow());
    }
    back.values().forEach(l -> l.forEach(jdbc::execute));
    back.clear();
  }
}
