package org.lethe.trash;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lethe.collect.UpdateSet;
import org.lethe.collect.UpdateValues;
import org.lethe.dialect.Dialect;
import org.lethe.error.LetheException;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.Trigger;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * How rows of one table change that have no key, or whose key changes. Nothing leads from such a
 * row to itself afterwards, so what it becomes is worked out beforehand from what the removal sets;
 * afterwards as many rows must look like that as should. For one removal; inside its transaction.
 */
final class KeylessArchive {

  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Table table;
  private final String name;
  private final RowImage image;

  /**
   * @param name of a temporary table to create
   */
  KeylessArchive(Dialect dialect, JdbcOperations jdbc, Table table, String name) {
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.table = table;
    this.name = "pg_temp." + name;
    this.image = new RowImage(dialect, table);
    jdbc.execute(
        "create temporary table %s (tid tid, part oid, was text[], now text[]) on commit drop"
            .formatted(this.name));
  }

  /** The rows as they were and will be, for a FROM item. */
  String entries() {
    return name;
  }

  /** A row that changes twice is one entry. */
  void add(UpdateSet update) {
    jdbc.update(
        "update %s as k set now = %s from %s as s where k.tid = s.tid and k.part = s.part"
            .formatted(name, set(update, i -> "(k.now)[" + (i + 1) + "]"), update.name()));
    List<Column> columns = image.stored();
    jdbc.update(
        """
        insert into %s
        select c.ctid, c.tableoid, %s, %s
          from %s as c join %s as s on c.ctid = s.tid and c.tableoid = s.part
         where not exists (select 1 from %s as k where k.tid = s.tid and k.part = s.part)
        """
            .formatted(
                name,
                image.of("c"),
                set(
                    update,
                    i ->
                        dialect.asText(
                            "c." + dialect.quote(columns.get(i).name()), columns.get(i))),
                dialect.ownRows(table),
                update.name(),
                name));
  }

  private interface Unchanged {
    String column(int i);
  }

  /** The image with the update's columns set. */
  private String set(UpdateSet update, Unchanged unchanged) {
    List<Column> columns = image.stored();
    return IntStream.range(0, columns.size())
        .mapToObj(
            i -> {
              Column column = columns.get(i);
              return update.facts().columns().contains(column.name())
                  ? dialect.asText(
                      "cast(%s as %s)"
                          .formatted(
                              UpdateValues.sql(dialect, update.facts(), table, column.name()),
                              column.type()),
                      column)
                  : unchanged.column(i);
            })
        .collect(Collectors.joining(", ", "array[", "]::text[]"));
  }

  /** Before anything changes: reckons how many rows will look like each of the new ones. */
  void reckon(UUID deletion) {
    jdbc.update(
        """
        create temporary table %1$s_due on commit drop as
        select image, sum(n) as n
          from (select image, 1 as n from (select %2$s as image from %3$s as c) as there
                union all select now, 1 from %1$s
                union all select was, -1 from %1$s
                union all select r.image, -1
                  from lethe.archived_row as r join lethe.archived_table as a using (deletion_id, position)
                 where deletion_id = '%4$s' and a.table_schema = %5$s and a.table_name = %6$s and a.fate = 'removed')
               as counted
         where image in (select now from %1$s)
         group by image
        """
            .formatted(
                name,
                image.of("c"),
                dialect.ownRows(table),
                deletion,
                dialect.literal(table.id().schema()),
                dialect.literal(table.id().name())));
  }

  /**
   * Afterwards.
   *
   * @throws LetheException if rows became something else, and so could not be found again
   */
  void check() {
    Long wrong =
        jdbc.queryForObject(
            """
            select count(*) from %1$s_due as d
              left join (select image, count(*) as n from (select %2$s as image from %3$s as c) as there
                          where image in (select now from %1$s) group by image) as found using (image)
             where coalesce(found.n, 0) < d.n
            """
                .formatted(name, image.of("c"), dialect.ownRows(table)),
            Long.class);
    if (wrong != null && wrong > 0) {
      throw new LetheException(
          "rows of %s have no key that stays, and became something else than the policy sets%s, so they could not be found again to restore them; nothing was changed. Give the table a key, or delete without the trash"
              .formatted(table.id().name(), suspects()));
    }
  }

  private String suspects() {
    List<Trigger> triggers = table.triggersOn(Trigger.Event.UPDATE);
    return triggers.isEmpty() ? "" : ", by " + Trigger.oneOf(triggers);
  }
}
