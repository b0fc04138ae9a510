package org.lethe.schema.reader;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.lethe.schema.Trigger;

/** Reads PostgreSQL's triggers, but for those that enforce constraints, and rewrite rules. */
final class PostgreSqlTriggers {

  private static final String TRIGGERS =
      "with "
          + PostgreSqlTables.OWN
          + """
          select t.tgrelid as relation, t.tgname as name, t.tgtype as type,
                 pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname)
                   as does,
                 t.tgenabled as enabled, null::"char" as event
            from own
            join pg_catalog.pg_trigger t on t.tgrelid = own.oid
            join pg_catalog.pg_proc p on p.oid = t.tgfoid
            join pg_catalog.pg_namespace n on n.oid = p.pronamespace
           where not t.tgisinternal
          union all
          select r.ev_class, r.rulename, 0, pg_catalog.pg_get_ruledef(r.oid), r.ev_enabled, r.ev_type
            from own
            join pg_catalog.pg_rewrite r on r.ev_class = own.oid
           where r.ev_type <> '1'
           order by 1, 2
          """;

  // Bits of pg_trigger.tgtype, as the server's pg_trigger.h defines them.
  private static final int ROW = 1;
  private static final int BEFORE = 2;
  private static final int INSERT = 4;
  private static final int DELETE = 8;
  private static final int UPDATE = 16;
  private static final int TRUNCATE = 32;
  private static final int INSTEAD = 64;

  private PostgreSqlTriggers() {}

  static void read(PostgreSqlSession session, TableDrafts drafts) throws SQLException {
    session.each(
        TRIGGERS,
        row -> {
          TableDrafts.Draft table = drafts.find(row.getLong("relation"));
          if (table != null) {
            table.triggers.add(row.getString("event") == null ? trigger(row) : rule(row));
          }
        });
  }

  private static Trigger trigger(ResultSet row) throws SQLException {
    int type = row.getInt("type");
    return new Trigger(
        row.getString("name"),
        kind(type),
        events(type),
        (type & ROW) != 0,
        row.getString("does"),
        enabled(row));
  }

  private static Trigger rule(ResultSet row) throws SQLException {
    Trigger.Event event =
        switch (row.getString("event")) {
          case "2" -> Trigger.Event.UPDATE;
          case "3" -> Trigger.Event.INSERT;
          default -> Trigger.Event.DELETE;
        };
    return new Trigger(
        row.getString("name"),
        Trigger.Kind.RULE,
        Set.of(event),
        false,
        row.getString("does"),
        enabled(row));
  }

  /** O fires in ordinary sessions and A always; R only in those that replicate, D never. */
  private static boolean enabled(ResultSet row) throws SQLException {
    String code = row.getString("enabled");
    return code.equals("O") || code.equals("A");
  }

  private static Trigger.Kind kind(int type) {
    if ((type & INSTEAD) != 0) {
      return Trigger.Kind.INSTEAD_OF;
    }
    return (type & BEFORE) != 0 ? Trigger.Kind.BEFORE : Trigger.Kind.AFTER;
  }

  private static Set<Trigger.Event> events(int type) {
    Set<Trigger.Event> events = EnumSet.noneOf(Trigger.Event.class);
    if ((type & INSERT) != 0) {
      events.add(Trigger.Event.INSERT);
    }
    if ((type & DELETE) != 0) {
      events.add(Trigger.Event.DELETE);
    }
    if ((type & UPDATE) != 0) {
      events.add(Trigger.Event.UPDATE);
    }
    if ((type & TRUNCATE) != 0) {
      events.add(Trigger.Event.TRUNCATE);
    }
    return events;
  }
}
