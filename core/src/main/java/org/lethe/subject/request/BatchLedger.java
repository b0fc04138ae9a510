package org.lethe.subject.request;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lethe.store.Outcome;
import org.lethe.subject.Settled;
import org.springframework.jdbc.core.JdbcOperations;

/** Reads what requests have in common that were ordered together, within a transaction. */
final class BatchLedger {

  private final JdbcOperations jdbc;

  BatchLedger(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  boolean isOfBatch(UUID request) {
    return any("select 1 from lethe.request where request_id = ? and batch is not null", request);
  }

  /**
   * Whether somebody with this hash was erased, and what is there of them now is what had to stay.
   *
   * @param root the table that the person's own row is in, as outcomes call it
   */
  boolean remains(String hash, String root) {
    return any(
        """
        select 1 from lethe.request as r join lethe.request_outcome as o using (request_id)
         where r.subject_hash = ? and r.kind = 'erasure' and o.store = ? and o.place = ?
           and o.outcome in (?, ?)
        """,
        hash,
        Settled.DATABASE,
        root,
        Outcome.ANONYMISED.word(),
        Outcome.RETAINED.word());
  }

  private boolean any(String sql, Object... arguments) {
    return !jdbc.query(sql, (rs, n) -> 1, arguments).isEmpty();
  }

  BatchReport report(UUID batch, Map<String, Long> refused) {
    Map<State, Long> requests = new EnumMap<>(State.class);
    jdbc.query(
        "select state, count(*) from lethe.request where batch = ? group by state",
        rs -> {
          requests.put(State.of(rs.getString(1)), rs.getLong(2));
        },
        batch);
    List<Settled> places =
        jdbc.query(
            """
            select o.store, o.place, o.outcome, o.ground, sum(o.items) as items, min(o.until) as until
              from lethe.request as r join lethe.request_outcome as o using (request_id)
             where r.batch = ?
             group by o.store, o.place, o.outcome, o.ground
            """
                + OutcomeLedger.IN_ORDER,
            OutcomeLedger::settled,
            batch);
    return new BatchReport(batch, requests, refused, places);
  }
}
