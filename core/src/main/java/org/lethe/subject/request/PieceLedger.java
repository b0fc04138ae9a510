package org.lethe.subject.request;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.store.Locator;
import org.lethe.subject.Key;
import org.springframework.jdbc.core.JdbcOperations;

/** Reads and writes what was found of a request in one store, within the caller's transaction. */
final class PieceLedger {

  private final JdbcOperations jdbc;
  private final Key key;
  private final UUID request;
  private final String store;

  PieceLedger(JdbcOperations jdbc, Key key, UUID request, String store) {
    this.jdbc = jdbc;
    this.key = key;
    this.request = request;
    this.store = store;
  }

  /**
   * A piece, opened.
   *
   * @param order of the pieces, as the store named them
   * @param tried whether an erasure of it was begun before, perhaps by a run that died
   * @param reference what to ask by where it is pending; else null
   */
  record Piece(
      String hash, long order, Locator locator, boolean tried, @Nullable String reference) {}

  /**
   * Takes down what was found, in the order in which the store named it this time; returns how many
   * are new.
   */
  int add(List<Locator> found) {
    int added = 0;
    for (Locator locator : found) {
      String hash = key.hash("piece", store + "\0" + locator.place() + "\0" + locator.same());
      boolean known =
          jdbc.update(
                  """
                  update lethe.request_piece set place_in_order = default
                   where request_id = ? and store = ? and hash = ?
                  """,
                  request,
                  store,
                  hash)
              > 0;
      if (!known) {
        added++;
        jdbc.update(
            """
            insert into lethe.request_piece (request_id, store, hash, place, sealed)
            values (?, ?, ?, ?, ?)
            """,
            request,
            store,
            hash,
            locator.place(),
            key.seal(locator.handle()));
      }
    }
    return added;
  }

  /** Pieces to erase, or to ask about, after one in the order. */
  List<Piece> open(Instant now, long after, int limit) {
    return jdbc.query(
        """
        select hash, place, sealed, state, reference, place_in_order from lethe.request_piece
         where request_id = ? and store = ? and place_in_order > ?
           and (state in ('found', 'erasing') or (state = 'pending' and ask_at <= ?))
         order by place_in_order limit ?
        """,
        (rs, n) -> {
          byte[] reference = rs.getBytes(5);
          return new Piece(
              rs.getString(1),
              rs.getLong(6),
              new Locator(rs.getString(2), key.open(rs.getBytes(3))),
              !rs.getString(4).equals("found"),
              reference == null ? null : key.open(reference));
        },
        request,
        store,
        after,
        Timestamp.from(now),
        limit);
  }

  /** Pieces that were dealt with, after one in the order. */
  List<Piece> done(long after, int limit) {
    return jdbc.query(
        """
        select hash, place, sealed, state, reference, place_in_order from lethe.request_piece
         where request_id = ? and store = ? and state = 'done' and place_in_order > ?
         order by place_in_order limit ?
        """,
        (rs, n) ->
            new Piece(
                rs.getString(1),
                rs.getLong(6),
                new Locator(rs.getString(2), key.open(rs.getBytes(3))),
                true,
                null),
        request,
        store,
        after,
        limit);
  }

  void state(List<String> hashes, String state) {
    jdbc.update(
        """
        update lethe.request_piece set state = ?
         where request_id = ? and store = ? and hash = any (?)
        """,
        state,
        request,
        store,
        hashes.toArray(String[]::new));
  }

  void pending(String hash, String reference, Instant askAt) {
    jdbc.update(
        """
        update lethe.request_piece set state = 'pending', reference = ?, ask_at = ?
         where request_id = ? and store = ? and hash = ?
        """,
        key.seal(reference),
        Timestamp.from(askAt),
        request,
        store,
        hash);
  }

  /** When the next pending piece should be asked about; null if none is pending. */
  @Nullable Instant nextAsk() {
    Timestamp at =
        jdbc.queryForObject(
            "select min(ask_at) from lethe.request_piece where request_id = ? and store = ? and state = 'pending'",
            Timestamp.class,
            request,
            store);
    return at == null ? null : at.toInstant();
  }

  /** How many pieces are in a state. */
  long count(String state) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from lethe.request_piece where request_id = ? and store = ? and state = ?",
            Long.class,
            request,
            store,
            state);
    return count == null ? 0 : count;
  }
}
