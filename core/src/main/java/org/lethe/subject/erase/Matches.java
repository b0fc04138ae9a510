package org.lethe.subject.erase;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.KeySet;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.Treatment;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.subject.Holdings;
import org.springframework.jdbc.core.JdbcOperations;

/** Shows what redactions would take out of texts. Inside a transaction that is rolled back. */
final class Matches {

  /** Characters shown before and after. */
  private static final int AROUND = 30;

  private static final String TREATED = Fates.codes(f -> f == Fate.TREAT || f == Fate.NEEDED);

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Columns columns;
  private final TreatmentSql sql;
  private final int most;
  private final List<Match> found = new ArrayList<>();

  /**
   * @param most per column
   */
  Matches(
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      Columns columns,
      TreatmentSql sql,
      int most) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.columns = columns;
    this.sql = sql;
    this.most = most;
  }

  List<Match> find(Holdings holdings, Map<TableId, KeySet> staying) {
    for (Holdings.Held held : holdings.tables()) {
      Table table = held.table();
      KeySet own = staying.get(table.id());
      for (Map.Entry<String, Treatment> treated : columns.treated(table).entrySet()) {
        if (treated.getValue() instanceof Treatment.Redact redact) {
          if (own != null) {
            String rows =
                "%s as c join %s as s on %s and s.fate in (%s)"
                    .formatted(
                        dialect.ownRows(table), own.name(), own.sameRowSoFar("c", "s"), TREATED);
            find(table, treated.getKey(), rows, "true", sql.pattern(redact));
          }
          String identifiers = sql.patternOfIdentifiers(redact);
          if (held.shared() > 0 && identifiers != null) {
            find(
                table,
                treated.getKey(),
                held.from(dialect),
                Treater.isShared(held, own),
                identifiers);
          }
        }
      }
    }
    return found;
  }

  private void find(
      Table table, String column, String rows, String condition, @Nullable String pattern) {
    String key =
        table.identity().stream()
            .map(c -> "c." + dialect.quote(c) + "::text")
            .collect(Collectors.joining(", "));
    String name = decisions.catalog().displayName(table.id()) + "." + column;
    jdbc.query(
        """
        select v.key, substr(v.text, greatest(1, m.start - %d), least(%d, m.start - 1)),
               substr(v.text, m.start, m.stop - m.start), substr(v.text, m.stop, %d)
          from (select array[%s]::text[] as key, c.%s::text as text, %s as pattern from %s where %s) as v
         cross join lateral (
               select regexp_instr(v.text, v.pattern, 1, n, 0, 'i') as start,
                      regexp_instr(v.text, v.pattern, 1, n, 1, 'i') as stop
                 from generate_series(1, regexp_count(v.text, v.pattern, 1, 'i')) as n) as m
         order by v.key, m.start limit %d
        """
            .formatted(
                AROUND, AROUND, AROUND, key, dialect.quote(column), pattern, rows, condition, most),
        rs -> {
          found.add(
              new Match(
                  name,
                  List.of((String[]) rs.getArray(1).getArray()),
                  rs.getString(2),
                  rs.getString(3),
                  rs.getString(4)));
        });
  }
}
