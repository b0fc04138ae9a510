package org.lethe.subject.request;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.lethe.subject.Key;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ResultSetExtractor;

/** Finds pieces by what a store asked to be reminded by, within the caller's transaction. */
final class PendingPieces {

  private final JdbcOperations jdbc;
  private final Key key;

  PendingPieces(JdbcOperations jdbc, Key key) {
    this.jdbc = jdbc;
    this.key = key;
  }

  private record Found(UUID request, String hash) {}

  /**
   * Has a store asked now, not later, how an erasure comes along.
   *
   * @return the request it is for; empty if there is none such, or none any more
   */
  Optional<UUID> askNow(String store, String reference, Instant now) {
    return find(store, reference).map(found -> askNow(store, found, now));
  }

  private UUID askNow(String store, Found found, Instant now) {
    RequestLedger ledger = new RequestLedger(jdbc);
    Request request = ledger.lock(found.request()).orElseThrow();
    int changed =
        jdbc.update(
            """
            update lethe.request_piece set ask_at = ?
             where request_id = ? and store = ? and hash = ? and state = 'pending'
            """,
            Timestamp.from(now),
            found.request(),
            store,
            found.hash());
    // One that runs looks itself when to go on; and one of many together is not for others to run.
    if (changed > 0 && request.state() == State.PARTIALLY_FAILED) {
      ledger.set(found.request(), RequestLedger.Field.NEXT_AT, now);
    }
    return found.request();
  }

  /** References are sealed, and no two seals are alike: so all of the store's are opened. */
  private Optional<Found> find(String store, String reference) {
    ResultSetExtractor<Optional<Found>> opened =
        rs -> {
          while (rs.next()) {
            if (key.open(rs.getBytes(3)).equals(reference)) {
              return Optional.of(new Found(rs.getObject(1, UUID.class), rs.getString(2)));
            }
          }
          return Optional.empty();
        };
    return Objects.requireNonNull(
        jdbc.query(
            """
        select request_id, hash, reference from lethe.request_piece
         where store = ? and reference is not null
         order by state = 'pending' desc
        """,
            opened,
            store));
  }
}
