package org.lethe.trash;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** Lists of deletions, page by page, as long as the ledger may be; within a transaction. */
final class LedgerPages {

  /** Counting more would take longer than anybody waits for a list. */
  static final int COUNTED = 20_000;

  private static final int CHOICES = 12;

  private static final String READABLE = "(?::text[] is null or root_table = any (?::text[]))";

  private static final String FOUND =
      """
      (strpos(lower(actor), ?) > 0 or left(deletion_id::text, length(?)) = ?
       or (%s and (strpos(lower(coalesce(label, '')), ?) > 0
                   or strpos(lower(coalesce(reason, '')), ?) > 0)))
      """
          .formatted(READABLE);

  private final JdbcOperations jdbc;

  LedgerPages(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** SQL with what is bound in it. */
  private record Condition(String sql, List<@Nullable Object> arguments) {}

  List<Deletion> page(DeletionQuery query, DeletionQuery.@Nullable Place after, int limit) {
    Condition condition = condition(query);
    List<@Nullable Object> arguments = new ArrayList<>(condition.arguments());
    String from = "";
    if (after != null) {
      from = " and (deleted_at, deletion_id) < (?, ?)";
      arguments.add(Timestamp.from(after.deletedAt()));
      arguments.add(after.id());
    }
    arguments.add(limit);
    return jdbc.query(
        Ledger.DELETION
            + " where "
            + condition.sql()
            + from
            + " order by deleted_at desc, deletion_id desc limit ?",
        Ledger::deletion,
        arguments.toArray());
  }

  DeletionTally tally(DeletionQuery query) {
    Map<Deletion.State, Long> states = new LinkedHashMap<>();
    counts("state", query.withState(null))
        .forEach((word, n) -> states.put(Deletion.State.valueOf(word.toUpperCase(Locale.ROOT)), n));
    Long looked =
        jdbc.queryForObject(
            "select count(*) from (select 1 from lethe.deletion limit ?) as d",
            Long.class,
            COUNTED + 1);
    return new DeletionTally(
        states,
        counts("actor", query.withActor(null)),
        counts("root_table", query.withRootTable(null)),
        looked != null && looked <= COUNTED);
  }

  private Map<String, Long> counts(String column, DeletionQuery query) {
    Condition condition = condition(query);
    List<@Nullable Object> arguments = new ArrayList<>();
    arguments.add(COUNTED);
    arguments.addAll(condition.arguments());
    arguments.add(CHOICES);
    Map<String, Long> counts = new LinkedHashMap<>();
    jdbc.query(
        """
        select %1$s, count(*)
          from (select * from lethe.deletion order by deleted_at desc limit ?) as latest
         where %2$s
         group by %1$s order by count(*) desc, %1$s limit ?
        """
            .formatted(column, condition.sql()),
        rs -> {
          counts.put(rs.getString(1), rs.getLong(2));
        },
        arguments.toArray());
    return counts;
  }

  private static Condition condition(DeletionQuery query) {
    List<String> parts = new ArrayList<>(List.of("true"));
    List<@Nullable Object> arguments = new ArrayList<>();
    if (query.state() != null) {
      parts.add("state = '" + Ledger.word(query.state()) + "'");
    }
    if (query.actor() != null) {
      parts.add("actor = ?");
      arguments.add(query.actor());
    }
    if (query.rootTable() != null) {
      parts.add("root_table = ?");
      arguments.add(query.rootTable());
    }
    if (!query.text().isEmpty()) {
      String text = query.text().toLowerCase(Locale.ROOT);
      String @Nullable [] readable =
          query.readable() == null ? null : query.readable().toArray(new String[0]);
      parts.add(FOUND);
      arguments.addAll(List.of(text, text, text));
      arguments.add(readable);
      arguments.add(readable);
      arguments.addAll(List.of(text, text));
    }
    return new Condition(String.join(" and ", parts), arguments);
  }
}
