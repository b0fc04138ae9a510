package org.lethe.subject.request;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.lethe.store.Outcome;
import org.lethe.subject.Settled;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Reads and writes what became of a person's data, place by place, within the caller's transaction.
 */
final class OutcomeLedger {

  /** This database first. */
  static final String IN_ORDER =
      " order by case store when 'database' then 0 when 'trash' then 1 else 2 end, store, place, outcome, ground";

  private final JdbcOperations jdbc;

  OutcomeLedger(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** One more of a request; what is of one place, outcome and ground adds up. */
  void add(UUID request, Settled settled) {
    add(Map.of(request, List.of(settled)));
  }

  /** Several at once; those of one place, outcome and ground add up. */
  void add(Map<UUID, List<Settled>> outcomes) {
    List<UUID> ids = new ArrayList<>();
    List<Settled> all = new ArrayList<>();
    outcomes.forEach(
        (id, settled) ->
            settled.forEach(
                s -> {
                  ids.add(id);
                  all.add(s);
                }));
    if (all.isEmpty()) {
      return;
    }
    jdbc.update(
        """
        insert into lethe.request_outcome (request_id, store, place, outcome, ground, items, until)
        select s.id, s.store, s.place, s.outcome, s.ground, sum(s.items), max(s.until)
          from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::timestamptz[])
               as s(id, store, place, outcome, ground, items, until)
         group by s.id, s.store, s.place, s.outcome, s.ground
        on conflict (request_id, store, place, outcome, ground) do update
           set items = request_outcome.items + excluded.items,
               until = greatest(request_outcome.until, excluded.until)
        """,
        ids.toArray(UUID[]::new),
        each(all, Settled::store),
        each(all, Settled::place),
        each(all, s -> s.outcome().word()),
        each(all, s -> s.ground() == null ? "" : s.ground()),
        all.stream().map(Settled::items).toArray(Long[]::new),
        all.stream()
            .map(s -> s.until() == null ? null : Timestamp.from(s.until()))
            .toArray(Timestamp[]::new));
  }

  private static String[] each(List<Settled> settled, Function<Settled, String> value) {
    return settled.stream().map(value).toArray(String[]::new);
  }

  /** Takes back what was said of a store and no longer holds, before it is tried again. */
  void forget(UUID id, String store, Outcome outcome) {
    jdbc.update(
        "delete from lethe.request_outcome where request_id = ? and store = ? and outcome = ?",
        id,
        store,
        outcome.word());
  }

  List<Settled> of(UUID id) {
    return jdbc.query(
        "select * from lethe.request_outcome where request_id = ?" + IN_ORDER,
        OutcomeLedger::settled,
        id);
  }

  static Settled settled(ResultSet rs, int n) throws SQLException {
    String ground = rs.getString("ground");
    Timestamp until = rs.getTimestamp("until");
    return new Settled(
        rs.getString("store"),
        rs.getString("place"),
        Outcome.valueOf(rs.getString("outcome").toUpperCase(Locale.ROOT).replace(' ', '_')),
        rs.getLong("items"),
        ground.isEmpty() ? null : ground,
        until == null ? null : until.toInstant());
  }
}
