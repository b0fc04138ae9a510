package org.lethe.schema.reader;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.Index;
import org.lethe.schema.Key;
import org.lethe.schema.Table;
import org.lethe.schema.Trigger;

/**
 * Reads PostgreSQL 15 and newer from pg_catalog: seven queries, whatever the number of tables.
 * Objects are matched by oid on this side, which is quicker than joining in the server.
 */
final class PostgreSqlCatalogReader implements CatalogReader {

  /** Tables that are somebody's own: not the system's, an extension's, a session's or Lethe's. */
  private static final String OWN_TABLES =
      """
      own as materialized (
        select c.oid, c.relname, n.nspname, c.relkind, c.relispartition, c.relrowsecurity, c.reltuples
          from pg_catalog.pg_class c
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p', 'f')
           and c.relpersistence <> 't'
           and n.nspname not in ('information_schema', 'lethe')
           and n.nspname !~ '^pg_'
           and not exists (select 1 from pg_catalog.pg_depend d
                            where d.classid = 'pg_catalog.pg_class'::regclass
                              and d.objid = c.oid and d.deptype = 'e')
      )
      """;

  private static final String SERVER =
      "select current_setting('server_version'), pg_catalog.current_schemas(false)::text[]";

  private static final String TABLES =
      "with "
          + OWN_TABLES
          + """
          select own.oid, own.nspname, own.relname, own.relkind, own.relispartition,
                 own.relrowsecurity, own.reltuples, d.description
            from own
            left join pg_catalog.pg_description d
              on d.objoid = own.oid and d.objsubid = 0
             and d.classoid = 'pg_catalog.pg_class'::regclass
          """;

  private static final String COLUMNS =
      "with "
          + OWN_TABLES
          + """
          select a.attrelid, a.attnum, a.attname,
                 pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
                 t.typtype, t.typcategory,
                 a.attnotnull or (t.typtype = 'd' and t.typnotnull) as not_null,
                 a.attgenerated <> '' as generated, a.attidentity,
                 coalesce(case when a.attgenerated = ''
                               then pg_catalog.pg_get_expr(f.adbin, f.adrelid) end,
                          case when t.typtype = 'd' and a.attgenerated = ''
                               then pg_catalog.pg_get_expr(t.typdefaultbin, 0) end) as default_value,
                 d.description
            from own
            join pg_catalog.pg_attribute a on a.attrelid = own.oid
            join pg_catalog.pg_type t on t.oid = a.atttypid
            left join pg_catalog.pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
            left join pg_catalog.pg_description d
              on d.objoid = a.attrelid and d.objsubid = a.attnum
             and d.classoid = 'pg_catalog.pg_class'::regclass
           where a.attnum > 0 and not a.attisdropped
           order by a.attrelid, a.attnum
          """;

  private static final String INDEXES =
      "with "
          + OWN_TABLES
          + """
          select i.indrelid, c.relname, m.amname, i.indisprimary, i.indisunique,
                 not i.indimmediate as deferrable,
                 i.indkey::int2[] as columns, i.indnkeyatts,
                 pg_catalog.pg_get_expr(i.indpred, i.indrelid) as predicate,
                 case when i.indexprs is null then null else
                   array(select pg_catalog.pg_get_indexdef(i.indexrelid, k, true)
                           from generate_series(1, i.indnkeyatts) as k order by k)
                 end as parts
            from own
            join pg_catalog.pg_index i on i.indrelid = own.oid
            join pg_catalog.pg_class c on c.oid = i.indexrelid
            join pg_catalog.pg_am m on m.oid = c.relam
           where i.indisvalid and i.indislive
           order by i.indrelid, c.relname
          """;

  /** Keys that the server derives for partitions are left out: their parent is listed. */
  private static final String FOREIGN_KEYS =
      "with "
          + OWN_TABLES
          + """
          select k.conname, k.conrelid, k.conkey, k.confrelid, k.confkey, k.confdeltype,
                 k.confdelsetcols, k.condeferrable, k.condeferred, k.confmatchtype, k.convalidated,
                 %s as enforced
            from own
            join pg_catalog.pg_constraint k on k.conrelid = own.oid
           where k.contype = 'f' and k.conparentid = 0
           order by own.nspname, own.relname, k.conname
          """;

  private static final String TRIGGERS =
      "with "
          + OWN_TABLES
          + """
          select t.tgrelid as relation, t.tgname as name, t.tgtype as type,
                 n.nspname || '.' || p.proname as does, t.tgenabled as enabled, null::"char" as event
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

  private static final String INHERITANCE =
      "with "
          + OWN_TABLES
          + """
          select i.inhrelid, i.inhparent
            from own join pg_catalog.pg_inherits i on i.inhrelid = own.oid
           where not i.inhdetachpending
           order by i.inhrelid, i.inhseqno
          """;

  @Override
  public Catalog read(Connection connection) throws SQLException {
    TableDrafts drafts = new TableDrafts();
    List<ForeignKey> foreignKeys = new ArrayList<>();
    String[] version = new String[1];
    List<String> searchPath = new ArrayList<>();
    int major = connection.getMetaData().getDatabaseMajorVersion();
    try (Statement statement = connection.createStatement()) {
      each(
          statement,
          SERVER,
          rs -> {
            version[0] = rs.getString(1);
            searchPath.addAll(strings(rs.getArray(2)));
          });
      each(statement, TABLES, rs -> table(rs, drafts));
      each(statement, COLUMNS, rs -> column(rs, drafts));
      each(statement, INHERITANCE, rs -> drafts.inherits(rs.getLong(1), rs.getLong(2)));
      each(statement, INDEXES, rs -> index(rs, drafts));
      each(
          statement,
          FOREIGN_KEYS.formatted(major >= 18 ? "k.conenforced" : "true"),
          rs -> foreignKey(rs, drafts, foreignKeys));
      each(statement, TRIGGERS, rs -> trigger(rs, drafts));
    }
    return new Catalog(
        "PostgreSQL", String.valueOf(version[0]), searchPath, drafts.tables(), foreignKeys);
  }

  private interface RowReader {
    void read(ResultSet rs) throws SQLException;
  }

  private static void each(Statement statement, String sql, RowReader reader) throws SQLException {
    try (ResultSet rs = statement.executeQuery(sql)) {
      while (rs.next()) {
        reader.read(rs);
      }
    }
  }

  private static void table(ResultSet rs, TableDrafts drafts) throws SQLException {
    boolean partition = rs.getBoolean("relispartition");
    Table.Kind kind =
        switch (rs.getString("relkind")) {
          case "p" -> partition ? Table.Kind.PARTITION : Table.Kind.PARTITIONED;
          case "f" -> partition ? Table.Kind.PARTITION : Table.Kind.FOREIGN;
          default -> partition ? Table.Kind.PARTITION : Table.Kind.TABLE;
        };
    drafts.add(
        rs.getLong("oid"),
        rs.getString("nspname"),
        rs.getString("relname"),
        kind,
        rs.getString("relkind").equals("p"),
        rs.getBoolean("relrowsecurity"),
        (long) rs.getFloat("reltuples"),
        rs.getString("description"));
  }

  private static void column(ResultSet rs, TableDrafts drafts) throws SQLException {
    drafts
        .get(rs.getLong("attrelid"))
        .column(
            rs.getInt("attnum"),
            new Column(
                rs.getString("attname"),
                rs.getString("type"),
                typeKind(rs.getString("typtype"), rs.getString("typcategory")),
                !rs.getBoolean("not_null"),
                rs.getBoolean("generated"),
                identity(rs.getString("attidentity")),
                rs.getString("default_value"),
                rs.getString("description")));
  }

  private static Column.TypeKind typeKind(String type, String category) {
    return switch (type) {
      case "d" -> Column.TypeKind.DOMAIN;
      case "e" -> Column.TypeKind.ENUM;
      case "c" -> Column.TypeKind.COMPOSITE;
      case "r", "m" -> Column.TypeKind.RANGE;
      default -> category.equals("A") ? Column.TypeKind.ARRAY : Column.TypeKind.BASE;
    };
  }

  private static Column.Identity identity(String identity) {
    return switch (identity) {
      case "a" -> Column.Identity.ALWAYS;
      case "d" -> Column.Identity.BY_DEFAULT;
      default -> Column.Identity.NONE;
    };
  }

  private static void index(ResultSet rs, TableDrafts drafts) throws SQLException {
    TableDrafts.Draft table = drafts.get(rs.getLong("indrelid"));
    List<Integer> attributes = numbers(rs.getArray("columns")).subList(0, rs.getInt("indnkeyatts"));
    Array expressions = rs.getArray("parts");
    List<String> parts = expressions == null ? table.columnNames(attributes) : strings(expressions);
    String name = rs.getString("relname");
    String predicate = rs.getString("predicate");
    boolean unique = rs.getBoolean("indisunique");
    table.indexes.add(new Index(name, rs.getString("amname"), parts, unique, predicate));
    if (unique && predicate == null && expressions == null) {
      table.keys.add(
          new Key(name, parts, rs.getBoolean("indisprimary"), rs.getBoolean("deferrable")));
    }
  }

  private static void foreignKey(ResultSet rs, TableDrafts drafts, List<ForeignKey> foreignKeys)
      throws SQLException {
    TableDrafts.Draft child = drafts.get(rs.getLong("conrelid"));
    TableDrafts.Draft parent = drafts.find(rs.getLong("confrelid"));
    if (parent == null) {
      // Refers to a table that is not somebody's own, such as an extension's: nothing to remove
      // there.
      return;
    }
    List<String> columns = child.columnNames(numbers(rs.getArray("conkey")));
    Array setColumns = rs.getArray("confdelsetcols");
    List<String> set = setColumns == null ? List.of() : child.columnNames(numbers(setColumns));
    foreignKeys.add(
        new ForeignKey(
            rs.getString("conname"),
            child.id,
            columns,
            parent.id,
            parent.columnNames(numbers(rs.getArray("confkey"))),
            rule(rs.getString("confdeltype")),
            set.isEmpty() ? columns : set,
            rs.getBoolean("condeferrable"),
            rs.getBoolean("condeferred"),
            rs.getString("confmatchtype").equals("f"),
            rs.getBoolean("convalidated"),
            rs.getBoolean("enforced")));
  }

  private static ForeignKey.Rule rule(String code) {
    return switch (code) {
      case "c" -> ForeignKey.Rule.CASCADE;
      case "n" -> ForeignKey.Rule.SET_NULL;
      case "d" -> ForeignKey.Rule.SET_DEFAULT;
      case "r" -> ForeignKey.Rule.RESTRICT;
      default -> ForeignKey.Rule.NO_ACTION;
    };
  }

  // Bits of pg_trigger.tgtype, as documented in the server's trigger headers.
  private static final int ROW = 1;
  private static final int BEFORE = 2;
  private static final int INSERT = 4;
  private static final int DELETE = 8;
  private static final int UPDATE = 16;
  private static final int TRUNCATE = 32;
  private static final int INSTEAD = 64;

  private static void trigger(ResultSet rs, TableDrafts drafts) throws SQLException {
    String ruleEvent = rs.getString("event");
    int type = rs.getInt("type");
    String enabled = rs.getString("enabled");
    // O fires in ordinary sessions, A always; R only in replicas, D never.
    boolean fires = enabled.equals("O") || enabled.equals("A");
    Trigger.Kind kind =
        ruleEvent != null
            ? Trigger.Kind.RULE
            : (type & INSTEAD) != 0
                ? Trigger.Kind.INSTEAD_OF
                : (type & BEFORE) != 0 ? Trigger.Kind.BEFORE : Trigger.Kind.AFTER;
    drafts
        .get(rs.getLong("relation"))
        .triggers
        .add(
            new Trigger(
                rs.getString("name"),
                kind,
                ruleEvent != null ? ruleEvents(ruleEvent) : events(type),
                ruleEvent == null && (type & ROW) != 0,
                rs.getString("does"),
                fires));
  }

  private static Set<Trigger.Event> ruleEvents(String code) {
    return switch (code) {
      case "2" -> Set.of(Trigger.Event.UPDATE);
      case "3" -> Set.of(Trigger.Event.INSERT);
      default -> Set.of(Trigger.Event.DELETE);
    };
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

  private static List<Integer> numbers(@Nullable Array array) throws SQLException {
    if (array == null) {
      return List.of();
    }
    return Arrays.stream((Object[]) array.getArray()).map(n -> ((Number) n).intValue()).toList();
  }

  private static List<String> strings(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }
}
