package org.lethe.trash;

import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Column;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Whether all removed rows of a table came back, where no key names them: nothing tells equal rows
 * apart, so there must be as many of each as there were plus those that come back. Two passes over
 * the table. For one restore; inside its transaction.
 */
final class EqualRows {

  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final UUID deletion;
  private final StoredTable stored;
  private final String due;

  EqualRows(Dialect dialect, JdbcOperations jdbc, UUID deletion, StoredTable stored) {
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.deletion = deletion;
    this.stored = stored;
    this.due =
        "pg_temp.lethe_due_%d_%s"
            .formatted(stored.archived().position(), deletion.toString().substring(0, 8));
  }

  /**
   * Before anything comes back: reckons how many rows will look like each of the archived ones.
   *
   * @param changing rows of the same table that will get old values back; null if there are none
   */
  void reckon(@Nullable KeylessRestore changing) {
    String staying =
        "select %s as image from %s as c".formatted(look(dialect, stored), stored.rows());
    if (changing != null) {
      staying +=
          " where not exists (select 1 from %1$s as p where p.tid = c.ctid and p.part = c.tableoid) union all select was from %1$s"
              .formatted(changing.picked());
    }
    jdbc.update(
        """
        create temporary table %1$s on commit drop as
        with ours as materialized (select %2$s as image from lethe.archived_row as r
                                    where r.deletion_id = '%3$s' and r.position = %4$d)
        select image, count(*) as n
          from (select image from ours
                union all
                select image from (%5$s) as there where image in (select image from ours)) as counted
         group by image
        """
            .formatted(due, archived(), deletion, stored.archived().position(), staying));
  }

  /** Afterwards: how many rows are not there, or other than they were. */
  long missing() {
    Long missing =
        jdbc.queryForObject(
            """
            select coalesce(sum(due.n - coalesce(found.n, 0)), 0) from %1$s as due
              left join (select image, count(*) as n from (select %2$s as image from %3$s as c) as there
                          where image in (select image from %1$s) group by image) as found using (image)
             where coalesce(found.n, 0) < due.n
            """
                .formatted(due, look(dialect, stored), stored.rows()),
            Long.class);
    return missing == null ? 0 : missing;
  }

  private String archived() {
    return image(stored, c -> "(r.image)[%d]".formatted(stored.archived().place(c.name())));
  }

  /** What row {@code c} looks like now. */
  static String look(Dialect dialect, StoredTable stored) {
    return image(stored, c -> dialect.asText("c." + dialect.quote(c.name()), c));
  }

  /**
   * The columns that are still there, as texts that are equal only if they are the same, whatever a
   * column's collation says.
   */
  static String image(StoredTable stored, Function<Column, String> value) {
    return stored.common().stream()
        .map(value)
        .collect(Collectors.joining(", ", "(array[", "]::text[] collate \"C\")"));
  }
}
