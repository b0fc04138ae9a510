package org.lethe.collect;

import java.util.List;
import java.util.stream.Collectors;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Follows a table's references to itself to the end, however deep, by recursing in the server over
 * that one table: a chain of 100,000 is one statement, not 100,000.
 */
final class SelfClosure {

  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final KeySets sets;
  private final SelfStep step;
  private final boolean locks;

  SelfClosure(
      Dialect dialect, JdbcOperations jdbc, RelationSql relationSql, KeySets sets, boolean locks) {
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.sets = sets;
    this.step = new SelfStep(relationSql, sets.numbers());
    this.locks = locks;
  }

  /**
   * Adds everything that hangs on the entries of {@code wave} by {@code relations}, to the same
   * wave.
   *
   * @return how many rows are new
   */
  long close(TableId table, List<Relation> relations, int wave) {
    KeySet set = sets.open(table);
    relations.forEach(sets::number);
    long rows = insert(set, relations, wave);
    while (rows > 0) {
      sets.analyze(table, rows);
      // A recursive query cannot lock what it finds. So: find, then lock, then see that nothing
      // moved before it was locked and nothing slipped in below; else all over again.
      if (!locks || (lock(set, relations, wave) == rows && !newcomers(set, relations, wave))) {
        break;
      }
      jdbc.update("delete from " + set.name() + " as s where " + added("s", relations, wave));
      rows = insert(set, relations, wave);
    }
    count(set, relations, wave, rows);
    return rows;
  }

  private long insert(KeySet set, List<Relation> relations, int wave) {
    String columns = set.columns();
    String reached = columns.replace(", wave", "");
    String entries = KeySet.prefixed("s", reached);
    String sql =
        """
        insert into %1$s (%2$s)
        with recursive reach (%3$s) as (
          select %4$s from %1$s as s where s.wave = %5$d and not (%6$s)
          union
          select %7$s from reach as p %8$s
        )
        select %3$s, %5$d from (%9$s) as n
         where not exists (select 1 from %1$s as x where %10$s)
        """
            .formatted(
                set.name(),
                columns,
                reached,
                entries,
                wave,
                viaOneOf("s", relations),
                KeySet.prefixed("c", reached),
                step.byIndex(set, relations),
                relations.size() == 1 ? "select * from reach" : firstOfEach(set),
                set.sameEntry("x", "n"));
    return jdbc.update(sql);
  }

  /**
   * A row may hang on others by several relations. The one counts that reached it first, so that
   * paths go upwards and never round in circles; the recursion yields rows in the order of depth.
   */
  private static String firstOfEach(KeySet set) {
    return "select distinct on (%1$s) * from (select *, row_number() over () as nth from reach) as r order by %1$s, nth"
        .formatted(set.distinguishing());
  }

  /** Locks what this closure added; returns how many rows were still as they were found. */
  private long lock(KeySet set, List<Relation> relations, int wave) {
    return number(
        "select count(*) filter (where stayed) from (select %s as stayed from %s as c join %s as s on %s where %s%s) as locked"
            .formatted(
                set.samePlace("c", "s"),
                dialect.ownRows(set.table()),
                set.name(),
                set.sameRow("c", "s"),
                added("s", relations, wave),
                sets.lockInPageOrder(set)));
  }

  /** Whether rows hang on those of this wave that were not there when it was followed. */
  private boolean newcomers(KeySet set, List<Relation> relations, int wave) {
    String sql =
        """
        select count(*) from %1$s as p %2$s
         where p.wave = %3$d and not exists (select 1 from %1$s as x where %4$s)
        """
            .formatted(set.name(), step.from(set, relations), wave, set.sameEntry("x", "c"));
    return number(sql) > 0;
  }

  private long number(String sql) {
    Long number = jdbc.queryForObject(sql, Long.class);
    return number == null ? 0 : number;
  }

  private void count(KeySet set, List<Relation> relations, int wave, long rows) {
    if (relations.size() == 1) {
      set.add(sets.number(relations.get(0)), rows);
    } else if (rows > 0) {
      jdbc.query(
          "select via, count(*) from %s as s where %s group by via"
              .formatted(set.name(), added("s", relations, wave)),
          rs -> {
            set.add(rs.getInt(1), rs.getLong(2));
          });
    }
  }

  /** The entries that this closure added to its wave. */
  private String added(String entry, List<Relation> relations, int wave) {
    return "%s.wave = %d and %s".formatted(entry, wave, viaOneOf(entry, relations));
  }

  private String viaOneOf(String entry, List<Relation> relations) {
    return entry
        + ".via in ("
        + relations.stream()
            .map(r -> Integer.toString(sets.number(r)))
            .collect(Collectors.joining(", "))
        + ")";
  }
}
