package org.lethe.server.records;

import java.util.HashMap;
import java.util.Map;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcTemplate;

/** How many rows tables have, as the database itself estimates it: counting takes too long. */
final class Estimates {

  // As the planner does it: rows per page when it was last counted, times the pages there are now.
  private static final String ROWS =
      """
      select n.nspname, c.relname,
             (select case when bool_and(leaf.rows is not null) then sum(leaf.rows)::bigint end
                from (select case when pg_relation_size(l.oid) = 0 then 0
                                  when l.relpages > 0 and l.reltuples >= 0
                                  then l.reltuples / l.relpages
                                       * (pg_relation_size(l.oid) / current_setting('block_size')::int)
                             end as rows
                        from (select c.oid as relid where c.relkind = 'r'
                              union all
                              select t.relid from pg_catalog.pg_partition_tree(c.oid) as t
                               where c.relkind = 'p' and t.isleaf) as part
                        join pg_catalog.pg_class as l on l.oid = part.relid) as leaf)
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and not c.relispartition
         and (?::text is null or (n.nspname = ? and c.relname = ?))
      """;

  private Estimates() {}

  /** All tables; those of which nothing is known are left out. */
  static Map<TableId, Long> all(JdbcTemplate jdbc) {
    return read(jdbc, null);
  }

  /** One table; -1 if nothing is known. */
  static long of(JdbcTemplate jdbc, TableId table) {
    return read(jdbc, table).getOrDefault(table, -1L);
  }

  private static Map<TableId, Long> read(
      JdbcTemplate jdbc, @org.jspecify.annotations.Nullable TableId only) {
    Map<TableId, Long> rows = new HashMap<>();
    String schema = only == null ? null : only.schema();
    String name = only == null ? null : only.name();
    jdbc.query(
        ROWS,
        rs -> {
          long estimate = rs.getLong(3);
          if (!rs.wasNull()) {
            rows.put(new TableId(rs.getString(1), rs.getString(2)), estimate);
          }
        },
        schema,
        schema,
        name);
    return rows;
  }
}
