package org.lethe.subject.erase;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.KeySet;
import org.lethe.collect.Selection;
import org.lethe.policy.Decisions;
import org.lethe.policy.Treatment;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.subject.Holdings;
import org.springframework.jdbc.core.JdbcOperations;

/** Counts what was decided. */
final class Facts {

  private final Decisions decisions;
  private final JdbcOperations jdbc;
  private final Columns columns;

  Facts(Decisions decisions, JdbcOperations jdbc, Columns columns) {
    this.decisions = decisions;
    this.jdbc = jdbc;
    this.columns = columns;
  }

  ErasurePlan plan(
      Holdings holdings, Map<TableId, KeySet> staying, Selection going, Map<String, Long> trashed) {
    List<ErasurePlan.OfTable> tables = new ArrayList<>();
    Map<TableId, Long> deleted = going.counts().deleted();
    for (Holdings.Held held : holdings.tables()) {
      Table table = held.table();
      tables.add(
          table(table, deleted.getOrDefault(table.id(), 0L), staying.get(table.id()), held.rows()));
    }
    return new ErasurePlan(
        tables,
        going.counts().updated(),
        trashed,
        decisions.policyHash(),
        decisions.catalog().hash());
  }

  private ErasurePlan.OfTable table(
      Table table, long deleted, @Nullable KeySet staying, long rows) {
    Map<String, Treatment> treatments = columns.treated(table);
    List<ErasurePlan.Kept> kept = new ArrayList<>();
    long[] treated = new long[1];
    if (staying != null) {
      jdbc.query(
          """
          select fate, coalesce(ground, ''), count(*), max(until), bool_or(until is null),
                 count(*) filter (where not done)
            from %s group by 1, 2 order by 1, 2
          """
              .formatted(staying.name()),
          rs -> {
            Fate fate = Fate.of(rs.getInt(1));
            long count = rs.getLong(3);
            Timestamp until = rs.getTimestamp(4);
            boolean open = fate.untouched() || treatments.isEmpty();
            if (open || until != null) {
              kept.add(
                  new ErasurePlan.Kept(
                      count,
                      ground(fate, rs.getString(2)),
                      until == null || rs.getBoolean(5) ? null : until.toInstant()));
            }
            if (!open) {
              treated[0] += rs.getLong(6);
            }
          });
    }
    long own = deleted + (staying == null ? 0 : staying.rows());
    return new ErasurePlan.OfTable(
        table.id(),
        decisions.catalog().displayName(table.id()),
        deleted,
        treated[0],
        kept,
        rows - own,
        treated[0] == 0 ? Map.of() : words(treatments));
  }

  private static String ground(Fate fate, String said) {
    return switch (fate) {
      case NEEDED -> "needed by " + said;
      case TREAT -> said.isEmpty() ? "anonymise without a treatment" : said;
      default -> said;
    };
  }

  private static Map<String, String> words(Map<String, Treatment> treatments) {
    Map<String, String> words = new LinkedHashMap<>();
    treatments.forEach((column, t) -> words.put(column, Objects.requireNonNull(t).word()));
    return words;
  }
}
