package org.lethe.bench;

import java.util.Optional;
import java.util.stream.Collectors;
import org.lethe.bench.data.Databases;

/** What went over the line to the server, and what it logged, since a moment. Not thread-safe. */
final class Traffic {

  /**
   * Not what pools and drivers say to have a connection ready, and not by what the server checks
   * references at a commit, which looks as if it had been sent.
   */
  private static final String SENT =
      """
      from pg_stat_statements as s join pg_database as d on d.oid = s.dbid
       where d.datname = ? and toplevel
         and query !~ '^SELECT .{1,3} FROM ONLY .* FOR KEY SHARE'
         and query !~* '^set (application_name|extra_float_digits|session characteristics)'
      """;

  private final Databases databases;
  private String from = "0/0";

  Traffic(Databases databases) {
    this.databases = databases;
  }

  /** From now on. */
  void begin() {
    databases.server().execute("select pg_stat_statements_reset()");
    from =
        String.valueOf(
            databases.server().queryForObject("select pg_current_wal_lsn()::text", String.class));
  }

  /**
   * Megabytes of log.
   *
   * @param later where it began to count, if that was later; empty for since {@link #begin}
   */
  double wal(Optional<String> later) {
    Double bytes =
        databases
            .server()
            .queryForObject(
                "select pg_wal_lsn_diff(pg_current_wal_lsn(), ?::pg_lsn)::float8",
                Double.class,
                later.orElse(from));
    return bytes == null ? 0 : bytes / (1 << 20);
  }

  /** Statements that clients sent to the measured database. */
  long statements() {
    Long calls =
        databases
            .server()
            .queryForObject(
                "select coalesce(sum(calls), 0) " + SENT, Long.class, Databases.MEASURED);
    return calls == null ? 0 : calls;
  }

  /** The same by what they begin with: {@code 5 (3 select, 2 delete)}. */
  String kinds() {
    return statements()
        + databases
            .server()
            .queryForList(
                "select sum(calls) || ' ' || lower(substring(query from '\\w+')) as kind "
                    + SENT
                    + " group by lower(substring(query from '\\w+')) order by sum(calls) desc, kind",
                String.class,
                Databases.MEASURED)
            .stream()
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
