package org.lethe.bench;

import java.util.Locale;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is not as it should be, to see how robust a peer is. */
public enum Variation {
  /** All is well. */
  NONE,
  /** The planner is kept from reading or hashing whole tables. */
  FORCED_PLANNER,
  /** The planner believes that there is a hundredth of the rows, and knows nothing of values. */
  STALE_STATISTICS,
  /** A reference without an index. */
  MISSING_INDEX;

  /** Whether it makes a difference to a workload. */
  boolean concerns(Workload workload) {
    return this == NONE
        || workload.knowsReferences()
        || (workload == Workload.W5 && this != MISSING_INDEX);
  }

  void apply(JdbcTemplate measured, String database) {
    switch (this) {
      case FORCED_PLANNER -> {
        for (String off : new String[] {"enable_seqscan", "enable_hashjoin", "enable_mergejoin"}) {
          measured.execute("alter database %s set %s = off".formatted(database, off));
        }
      }
      case STALE_STATISTICS -> {
        measured.execute(
            "update pg_class set reltuples = reltuples / 100, relpages = relpages / 100"
                + " where relnamespace = 'public'::regnamespace and reltuples > 0");
        measured.execute(
            "delete from pg_statistic where starelid in"
                + " (select oid from pg_class where relnamespace = 'public'::regnamespace)");
      }
      case MISSING_INDEX -> measured.execute("drop index if exists messages_recipient");
      case NONE -> {}
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
