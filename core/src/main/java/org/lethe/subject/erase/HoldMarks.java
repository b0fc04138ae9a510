package org.lethe.subject.erase;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lethe.collect.KeySet;
import org.lethe.dialect.Dialect;
import org.lethe.schema.TableId;
import org.lethe.subject.OwnTables;
import org.springframework.jdbc.core.JdbcOperations;

/** Holds that somebody placed on single rows, and that are in force. */
record HoldMarks(Dialect dialect, JdbcOperations jdbc, Instant now) {

  /** Marks the entries that are held. */
  void mark(KeySet set) {
    TableId table = set.table().id();
    if (set.identity().isEmpty() || !holdsAnyOf(table)) {
      return;
    }
    String key =
        IntStream.rangeClosed(1, set.identity().size())
            .mapToObj(i -> "s.k" + i + "::text")
            .collect(Collectors.joining(", "));
    jdbc.update(
        """
        update %s as s set fate = %d, until = h.until, ground = h.ground
          from (select key, case when bool_or(held_until is null) then null else max(held_until) end as until,
                       'hold: ' || string_agg(reason, '; ' order by placed_at) as ground
                  from lethe.row_hold
                 where table_schema = ? and table_name = ? and lifted_at is null
                   and (held_until is null or held_until > ?)
                 group by key) as h
         where h.key = array[%s]
        """
            .formatted(set.name(), Fate.HELD.code(), key),
        table.schema(),
        table.name(),
        Timestamp.from(now));
  }

  /** Whether a row of one of these tables may be held. */
  boolean mayHold(Collection<TableId> tables) {
    return OwnTables.there(jdbc, "row_hold")
        && Boolean.TRUE.equals(
            jdbc.queryForObject(
                """
                select exists (select 1 from lethe.row_hold as h
                                 join unnest(?::text[], ?::text[]) as t(schema, name)
                                   on h.table_schema = t.schema and h.table_name = t.name
                                where h.lifted_at is null)
                """,
                Boolean.class,
                tables.stream().map(TableId::schema).toArray(String[]::new),
                tables.stream().map(TableId::name).toArray(String[]::new)));
  }

  private boolean holdsAnyOf(TableId table) {
    if (!OwnTables.there(jdbc, "row_hold")) {
      return false;
    }
    List<Integer> one =
        jdbc.query(
            "select 1 from lethe.row_hold where table_schema = ? and table_name = ? limit 1",
            (rs, n) -> 1,
            table.schema(),
            table.name());
    return !one.isEmpty();
  }
}
