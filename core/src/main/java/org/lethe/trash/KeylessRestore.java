package org.lethe.trash;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Column;
import org.lethe.schema.TableId;
import org.lethe.schema.Trigger;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Gives rows without a key, or whose key was changed, their old values back. Equal rows are as good
 * as each other, so as many are changed as the removal has changed and are still there; these are
 * picked before anything else comes back, which might look the same. For one restore; inside its
 * transaction.
 */
final class KeylessRestore {

  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final UUID deletion;
  private final StoredTable stored;
  private final String name;

  KeylessRestore(Dialect dialect, JdbcOperations jdbc, UUID deletion, StoredTable stored) {
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.deletion = deletion;
    this.stored = stored;
    this.name =
        "pg_temp.lethe_equal_%d_%s"
            .formatted(stored.archived().position(), deletion.toString().substring(0, 8));
  }

  /** Each changed row, as {@code was}, with a row that looks as the removal left it. */
  private String pairs() {
    return """
        with entry as materialized (
          select was, image, row_number() over (partition by image) as n
            from (select %1$s as was, %2$s as image from lethe.changed_row as r
                   where r.deletion_id = '%3$s' and r.position = %4$d) as r)
        select was, tid, part from entry
          join (select tid, part, image, row_number() over (partition by image) as n
                  from (select c.ctid as tid, c.tableoid as part, %5$s as image from %6$s as c) as c
                 where image in (select image from entry)) as found using (image, n)
        """
        .formatted(
            EqualRows.image(stored, c -> "(r.key)[%d]".formatted(place(c))),
            EqualRows.image(
                stored,
                c ->
                    "case when %1$d = any (r.changed) then (r.now)[array_position(r.changed, %1$d)] else (r.key)[%1$d] end"
                        .formatted(place(c))),
            deletion,
            stored.archived().position(),
            look(),
            stored.rows());
  }

  private String look() {
    return EqualRows.look(dialect, stored);
  }

  private int place(Column column) {
    return stored.archived().place(column.name());
  }

  TableId table() {
    return stored.table().id();
  }

  /** The rows picked, for a FROM item: {@code tid} and {@code part}, and {@code was}. */
  String picked() {
    return name;
  }

  /** How many rows still look as the removal left them. */
  long found() {
    return number("select count(*) from (" + pairs() + ") as p");
  }

  /** Picks the rows, before anything comes back. */
  void pick() {
    jdbc.update("create temporary table %s on commit drop as %s".formatted(name, pairs()));
  }

  /**
   * Changes the rows that were picked.
   *
   * @return how many
   * @throws RestoreException if not all of them get their old values back
   */
  long restore(TriggerSwitch triggers) {
    List<Integer> places =
        jdbc.queryForList(
            """
            select distinct unnest(changed) from lethe.changed_row
             where deletion_id = ? and position = ? order by 1
            """,
            Integer.class,
            deletion,
            stored.archived().position());
    String assignments = assignments(places);
    if (assignments.isEmpty()) {
      return 0;
    }
    if (stored.wouldBeChangedOn(Trigger.Event.UPDATE)) {
      // There is no key by which it could be put right afterwards.
      triggers.off(stored.table().id());
    }
    long picked = number("select count(*) from " + name);
    long changed =
        jdbc.update(
            "update %s as c set %s from %s as p where c.ctid = p.tid and c.tableoid = p.part"
                .formatted(stored.rows(), assignments, name));
    if (changed != picked || missing() > 0) {
      throw new RestoreException(
          "rows of %s have no key that stayed, and were changed by somebody else while they came back; nothing was changed, try again"
              .formatted(stored.table().id().name()));
    }
    return changed;
  }

  private String assignments(Collection<Integer> places) {
    List<Column> common = stored.common();
    return common.stream()
        .filter(c -> places.contains(place(c)))
        .map(
            c ->
                dialect.quote(c.name())
                    + " = "
                    + dialect.fromText("(p.was)[%d]".formatted(common.indexOf(c) + 1), c))
        .collect(Collectors.joining(", "));
  }

  private long missing() {
    return number(
        """
        select count(*) from (select was, count(*) as n from %1$s group by was) as due
          left join (select was, count(*) as n from (select %2$s as was from %3$s as c) as there
                      where was in (select was from %1$s) group by was) as found using (was)
         where coalesce(found.n, 0) < due.n
        """
            .formatted(name, look(), stored.rows()));
  }

  private long number(String sql) {
    Long number = jdbc.queryForObject(sql, Long.class);
    return number == null ? 0 : number;
  }
}
