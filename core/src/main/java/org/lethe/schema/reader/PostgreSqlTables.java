package org.lethe.schema.reader;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Reads PostgreSQL's tables, how they nest, and their columns. */
final class PostgreSqlTables {

  /**
   * Tables that are somebody's own: not the system's, an extension's, a session's or Lethe's. A
   * partition whose detaching was begun but not finished is a table of its own already: queries on
   * the whole no longer see its rows.
   */
  static final String OWN =
      """
      own as materialized (
        select c.oid, c.relname, n.nspname, c.relkind, c.relrowsecurity, c.reltuples,
               c.relispartition and detached.inhrelid is null as partition,
               detached.inhrelid is not null as detaching
          from pg_catalog.pg_class c
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          left join pg_catalog.pg_inherits detached
            on detached.inhrelid = c.oid and detached.inhdetachpending
         where c.relkind in ('r', 'p', 'f')
           and c.relpersistence <> 't'
           and n.nspname not in ('information_schema', 'lethe')
           and n.nspname !~ '^pg_'
           and not exists (select 1 from pg_catalog.pg_depend d
                            where d.classid = 'pg_catalog.pg_class'::regclass
                              and d.objid = c.oid and d.deptype = 'e')
      )
      """;

  private static final String TABLES =
      "with "
          + OWN
          + """
          select own.*, p.partstrat, d.description
            from own
            left join pg_catalog.pg_partitioned_table p on p.partrelid = own.oid
            left join pg_catalog.pg_description d
              on d.objoid = own.oid and d.objsubid = 0
             and d.classoid = 'pg_catalog.pg_class'::regclass
          """;

  private static final String INHERITANCE =
      "with "
          + OWN
          + """
          select i.inhrelid, i.inhparent
            from own join pg_catalog.pg_inherits i on i.inhrelid = own.oid
           where not i.inhdetachpending
           order by i.inhrelid, i.inhseqno
          """;

  /** A domain without null passes that on to domains over it, a default is copied into them. */
  private static final String COLUMNS =
      "with recursive "
          + OWN
          + """
          , never_null (oid) as (
            select t.oid from pg_catalog.pg_type t where t.typtype = 'd' and t.typnotnull
            union
            select t.oid from never_null
              join pg_catalog.pg_type t on t.typtype = 'd' and t.typbasetype = never_null.oid
          )
          select a.attrelid, a.attnum, a.attname,
                 pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
                 t.typtype, t.typcategory,
                 a.attnotnull or a.atttypid in (select oid from never_null) as not_null,
                 a.attgenerated <> '' as generated, a.attidentity,
                 case when a.attgenerated <> '' then null
                      when f.adbin is not null then pg_catalog.pg_get_expr(f.adbin, f.adrelid)
                      when t.typtype = 'd' then pg_catalog.pg_get_expr(t.typdefaultbin, 0)
                  end as default_value,
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

  private PostgreSqlTables() {}

  static void read(PostgreSqlSession session, TableDrafts drafts) throws SQLException {
    session.each(TABLES, row -> table(row, drafts));
    session.each(INHERITANCE, row -> drafts.inherits(row.getLong(1), row.getLong(2)));
    session.each(COLUMNS, row -> column(row, drafts));
  }

  private static void table(ResultSet row, TableDrafts drafts) throws SQLException {
    drafts.add(
        row.getLong("oid"),
        new TableDrafts.Draft(
            new TableId(row.getString("nspname"), row.getString("relname")),
            row.getBoolean("partition") ? Table.Kind.PARTITION : kind(row.getString("relkind")),
            partitionedBy(row.getString("partstrat")),
            row.getBoolean("relrowsecurity"),
            (long) row.getFloat("reltuples"),
            row.getString("description")));
  }

  private static Table.@Nullable PartitionBy partitionedBy(@Nullable String code) {
    if (code == null) {
      return null;
    }
    return switch (code) {
      case "l" -> Table.PartitionBy.LIST;
      case "h" -> Table.PartitionBy.HASH;
      default -> Table.PartitionBy.RANGE;
    };
  }

  private static Table.Kind kind(String code) {
    return switch (code) {
      case "p" -> Table.Kind.PARTITIONED;
      case "f" -> Table.Kind.FOREIGN;
      default -> Table.Kind.TABLE;
    };
  }

  private static void column(ResultSet row, TableDrafts drafts) throws SQLException {
    TableDrafts.Draft table = drafts.find(row.getLong("attrelid"));
    if (table == null) {
      return;
    }
    table.columns.put(
        row.getInt("attnum"),
        new Column(
            row.getString("attname"),
            row.getString("type"),
            typeKind(row.getString("typtype"), row.getString("typcategory")),
            !row.getBoolean("not_null"),
            row.getBoolean("generated"),
            identity(row.getString("attidentity")),
            row.getString("default_value"),
            row.getString("description")));
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

  private static Column.Identity identity(String code) {
    return switch (code) {
      case "a" -> Column.Identity.ALWAYS;
      case "d" -> Column.Identity.BY_DEFAULT;
      default -> Column.Identity.NONE;
    };
  }
}
