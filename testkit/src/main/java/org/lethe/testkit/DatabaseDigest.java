package org.lethe.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a PostgreSQL database holds, per table, whatever the order of its rows: two databases with
 * the same rows have equal digests, and a changed byte in any column of any type makes them differ.
 * Rows are counted with their doubles, so tables without primary key are covered; partitions count
 * as their partitioned table; inherited tables each for themselves. Sequences, views and foreign
 * tables are not looked at, nor are the system's schemas and Lethe's own.
 *
 * <p>Immutable. {@code assertThat(after.differenceFrom(before)).isEmpty()} makes a readable test.
 *
 * @param tables by schema-qualified name, quoted where SQL needs it, such as {@code public."order"}
 */
public record DatabaseDigest(SortedMap<String, TableDigest> tables) {

  /** All values are read as text; these settings make the text the same in every session. */
  private static final String FIXED_TEXT_FORMS =
      """
      set local search_path = pg_catalog;
      set local timezone = 'UTC';
      set local datestyle = 'ISO, YMD';
      set local intervalstyle = 'iso_8601';
      set local extra_float_digits = 3;
      set local bytea_output = 'hex';
      set local lc_monetary = 'C';
      set local xmloption = 'content';
      set local row_security = off
      """;

  private static final String TABLES =
      """
      select pg_catalog.format('%I.%I', n.nspname, c.relname), c.relkind = 'p' as partitioned
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p')
         and not c.relispartition
         and c.relpersistence <> 't'
         and n.nspname !~ '^pg_'
         and n.nspname not in ('information_schema', 'lethe')
      """;

  /** Sums do not depend on the order, and unlike XOR they see rows that occur twice. */
  private static final String ROWS =
      """
      select count(*),
             coalesce(sum(('x' || substr(md5, 1, 16))::bit(64)::bigint), 0) || ':' ||
             coalesce(sum(('x' || substr(md5, 17, 16))::bit(64)::bigint), 0)
        from (select md5((whole_row.*)::text) as md5 from %s as whole_row) as digested
      """;

  /**
   * @param rows how many rows there are
   * @param digest equal where the rows are; its form may change from version to version
   */
  public record TableDigest(long rows, String digest) {}

  public DatabaseDigest {
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
  }

  /**
   * Reads a database in one snapshot, so that writers at work do not blur it.
   *
   * @throws SQLException if a table cannot be read whole, for instance because row-level security
   *     hides rows from this user
   */
  public static DatabaseDigest of(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try {
        statement.execute(FIXED_TEXT_FORMS);
        SortedMap<String, TableDigest> tables = new TreeMap<>();
        for (Source source : sources(statement)) {
          tables.put(source.name(), digest(statement, source));
        }
        return new DatabaseDigest(tables);
      } finally {
        // Nothing was written; this ends the settings too. A pooled connection goes back as it
        // came.
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      }
    }
  }

  /** Rows in all tables together. */
  public long rows() {
    return tables.values().stream().mapToLong(TableDigest::rows).sum();
  }

  /**
   * Rows in one table.
   *
   * @param table as in {@link #tables()}
   * @throws IllegalArgumentException if there is no such table
   */
  public long rows(String table) {
    TableDigest found = tables.get(table);
    if (found == null) {
      throw new IllegalArgumentException("no table " + table + " among " + tables.keySet());
    }
    return found.rows();
  }

  /**
   * What became different since {@code earlier}, a line per table, such as {@code public.customer:
   * 800 rows became 799}; empty if nothing did.
   */
  public List<String> differenceFrom(DatabaseDigest earlier) {
    SortedSet<String> names = new TreeSet<>(tables.keySet());
    names.addAll(earlier.tables.keySet());
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      String change = change(earlier.tables.get(name), tables.get(name));
      if (!change.isEmpty()) {
        lines.add(name + ": " + change);
      }
    }
    return lines;
  }

  private static String change(@Nullable TableDigest before, @Nullable TableDigest after) {
    if (before == null || after == null) {
      return before == null ? "a new table" : "the table is gone";
    }
    if (before.equals(after)) {
      return "";
    }
    return before.rows() == after.rows()
        ? before.rows() + " rows as before, but with other values"
        : before.rows() + " rows became " + after.rows();
  }

  private record Source(String name, boolean partitioned) {}

  private static List<Source> sources(Statement statement) throws SQLException {
    List<Source> sources = new ArrayList<>();
    try (ResultSet rs = statement.executeQuery(TABLES)) {
      while (rs.next()) {
        sources.add(new Source(rs.getString(1), rs.getBoolean(2)));
      }
    }
    return sources;
  }

  private static TableDigest digest(Statement statement, Source source) throws SQLException {
    String rows = source.partitioned() ? source.name() : "only " + source.name();
    try (ResultSet rs = statement.executeQuery(ROWS.formatted(rows))) {
      rs.next();
      return new TableDigest(rs.getLong(1), rs.getString(2));
    }
  }
}
