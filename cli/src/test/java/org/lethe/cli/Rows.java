package org.lethe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * All rows of a database as text, to see which ones became different.
 *
 * @param tables how often each row occurs, by table
 */
record Rows(SortedMap<String, SortedMap<String, Integer>> tables) {

  private static final String TABLES =
      """
      select format('%I.%I', n.nspname, c.relname)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
         and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       order by 1
      """;

  /** The application's rows; not Lethe's own. */
  static Rows of(DataSource database) {
    JdbcTemplate sql = new JdbcTemplate(database);
    SortedMap<String, SortedMap<String, Integer>> tables = new TreeMap<>();
    for (String table : sql.queryForList(TABLES, String.class)) {
      if (!table.startsWith("lethe.")) {
        tables.put(table, read(sql, "select t::text from %s as t".formatted(table)));
      }
    }
    return new Rows(tables);
  }

  /** Only those of some tables for which conditions hold. */
  static Rows of(DataSource database, Map<String, String> conditions) {
    JdbcTemplate sql = new JdbcTemplate(database);
    SortedMap<String, SortedMap<String, Integer>> tables = new TreeMap<>();
    conditions.forEach(
        (table, condition) ->
            tables.put(
                table,
                read(sql, "select t::text from %s as t where %s".formatted(table, condition))));
    return new Rows(tables);
  }

  private static SortedMap<String, Integer> read(JdbcTemplate sql, String query) {
    SortedMap<String, Integer> rows = new TreeMap<>();
    sql.query(
        query,
        rs -> {
          rows.merge(rs.getString(1), 1, Integer::sum);
        });
    return rows;
  }

  /** These and others; of rows that are in both, either count will do. */
  Rows and(Rows others) {
    SortedMap<String, SortedMap<String, Integer>> both = new TreeMap<>();
    tables.forEach((table, rows) -> both.put(table, new TreeMap<>(rows)));
    others.tables.forEach(
        (table, rows) -> both.computeIfAbsent(table, t -> new TreeMap<>()).putAll(rows));
    return new Rows(both);
  }

  /** What is here and not there. */
  List<String> without(Rows others) {
    List<String> left = new ArrayList<>();
    tables.forEach(
        (table, rows) ->
            rows.forEach(
                (row, times) -> {
                  SortedMap<String, Integer> theirs =
                      others.tables.getOrDefault(table, new TreeMap<>());
                  if (times > theirs.getOrDefault(row, 0)) {
                    left.add(table + " " + row);
                  }
                }));
    return left;
  }

  /**
   * What became different although it should not.
   *
   * @param touchable rows that may have changed or gone, as they were before
   */
  static List<String> changed(Rows before, Rows touchable, Rows after) {
    List<String> changed = new ArrayList<>(before.without(after));
    touchable.tables.forEach(
        (t, rows) -> rows.keySet().forEach(row -> changed.remove(t + " " + row)));
    List<String> added = after.without(before);
    added.removeIf(row -> touchable.tables.containsKey(row.substring(0, row.indexOf(' '))));
    changed.addAll(added);
    return changed;
  }

  /**
   * Every table of the database, Lethe's own too, in which a text occurs, however it is spelled.
   */
  static List<String> mentioning(DataSource database, List<String> texts) {
    JdbcTemplate sql = new JdbcTemplate(database);
    List<String> found = new ArrayList<>();
    for (String table : sql.queryForList(TABLES, String.class)) {
      for (String text : texts) {
        Long rows =
            sql.queryForObject(
                "select count(*) from %s as t where position(lower(?) in lower(t::text)) > 0"
                    .formatted(table),
                Long.class,
                text);
        if (rows != null && rows > 0) {
          found.add("%s has %d rows with %s".formatted(table, rows, text));
        }
      }
    }
    return found;
  }
}
