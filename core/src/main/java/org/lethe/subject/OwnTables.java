package org.lethe.subject;

import org.springframework.jdbc.core.JdbcOperations;

/** Whether Lethe's own tables are there: whoever only looks does not make them. */
public final class OwnTables {

  private OwnTables() {}

  /** Whether there is one of this name. */
  public static boolean there(JdbcOperations jdbc, String name) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject("select to_regclass(?) is not null", Boolean.class, "lethe." + name));
  }
}
