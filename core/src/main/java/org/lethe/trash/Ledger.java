package org.lethe.trash;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/** Reads and writes deletions, within the caller's transaction. */
public final class Ledger {

  static final String DELETION =
      """
      select deletion_id, deleted_at, root_table, label, actor, reason, counts, state, keep_until,
             settled_at, failure
        from lethe.deletion
      """;

  private static final String DUE =
      """
      where state = 'in_trash' and keep_until <= ? and (retry_at is null or retry_at <= ?)
        and not exists (select 1 from lethe.hold as h
                         where h.deletion_id = d.deletion_id and h.lifted_at is null
                           and (h.held_until is null or h.held_until > ?))
      order by keep_until, deletion_id
      """;

  private static final String HOLD =
      """
      select h.hold_id, h.deletion_id, d.label, h.reason, h.held_until, h.placed_at, h.placed_by
        from lethe.hold as h join lethe.deletion as d using (deletion_id)
       where h.lifted_at is null and (h.held_until is null or h.held_until > ?)
      """;

  private static final String LATEST_HOLD = " order by h.placed_at desc, h.hold_id";

  private final JdbcOperations jdbc;

  public Ledger(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Deletion> find(UUID id) {
    return jdbc.query(DELETION + " where deletion_id = ?", Ledger::deletion, id).stream()
        .findFirst();
  }

  /** The same, and keeps others from restoring or purging it meanwhile. */
  Optional<Deletion> lock(UUID id) {
    return jdbc.query(DELETION + " where deletion_id = ? for update", Ledger::deletion, id).stream()
        .findFirst();
  }

  /** Latest first. */
  List<Deletion> list(Deletion.@Nullable State state, int limit) {
    String where = state == null ? "" : " where state = '" + word(state) + "'";
    return jdbc.query(
        DELETION + where + " order by deleted_at desc, deletion_id limit ?",
        Ledger::deletion,
        limit);
  }

  /** Deletions whose ids lie between two, latest first. */
  List<Deletion> between(UUID first, UUID last, int limit) {
    return jdbc.query(
        DELETION
            + " where deletion_id between ? and ? order by deleted_at desc, deletion_id limit ?",
        Ledger::deletion,
        first,
        last,
        limit);
  }

  /** What {@link #claimDue} would claim one by one if nobody else did, in its order. */
  public List<Deletion> due(Instant now, int limit) {
    return jdbc.query(
        DELETION + "as d " + DUE + "limit ?",
        Ledger::deletion,
        Timestamp.from(now),
        Timestamp.from(now),
        Timestamp.from(now),
        limit);
  }

  /** Holds in force on one deletion, the latest first; also where it is not in the trash. */
  List<Hold> holds(UUID deletion, Instant now) {
    return jdbc.query(
        HOLD + " and d.deletion_id = ?" + LATEST_HOLD, Ledger::hold, Timestamp.from(now), deletion);
  }

  /** Holds in force on deletions in the trash, the latest first. */
  List<Hold> holds(Instant now) {
    return jdbc.query(
        HOLD + " and d.state = 'in_trash'" + LATEST_HOLD, Ledger::hold, Timestamp.from(now));
  }

  /** The deletion's tables, parents before children as they were then. */
  List<ArchivedTable> tables(UUID id) {
    return jdbc.query(
        """
        select position, table_schema, table_name, columns, identity, fate, flags
          from lethe.archived_table where deletion_id = ? order by position
        """,
        (rs, n) ->
            new ArchivedTable(
                rs.getInt("position"),
                new TableId(rs.getString("table_schema"), rs.getString("table_name")),
                texts(rs, "columns"),
                texts(rs, "identity"),
                ArchivedTable.Fate.valueOf(rs.getString("fate").toUpperCase(Locale.ROOT)),
                texts(rs, "flags")),
        id);
  }

  /**
   * Claims a deletion whose time is up and that nothing holds, the longest due first; those that
   * others work on are passed over, as are those that rest after a failure.
   */
  public Optional<UUID> claimDue(Instant now) {
    Optional<UUID> claimed = claimed(now);
    while (claimed.isPresent() && held(claimed.get(), now)) {
      // Put on hold between the look at it and its lock; now that this can be seen, another is due.
      claimed = claimed(now);
    }
    return claimed;
  }

  private Optional<UUID> claimed(Instant now) {
    return jdbc
        .query(
            "select deletion_id from lethe.deletion as d " + DUE + "limit 1 for update skip locked",
            (rs, n) -> rs.getObject(1, UUID.class),
            Timestamp.from(now),
            Timestamp.from(now),
            Timestamp.from(now))
        .stream()
        .findFirst();
  }

  private boolean held(UUID id, Instant now) {
    return !jdbc.query(
            """
            select 1 from lethe.hold
             where deletion_id = ? and lifted_at is null and (held_until is null or held_until > ?)
             limit 1
            """,
            (rs, n) -> 1,
            id,
            Timestamp.from(now))
        .isEmpty();
  }

  /**
   * Claims one deletion to purge it before its time.
   *
   * @throws InputException if it is not in the trash, or a hold keeps it there
   */
  public void claim(UUID id, Instant now) {
    Trash.inTrash(lock(id).orElse(null), id);
    holds(now).stream()
        .filter(h -> h.deletion().equals(id))
        .findFirst()
        .ifPresent(
            h -> {
              throw new InputException(
                  "deletion %s is held by %s: %s; remove hold %s first"
                      .formatted(id, h.placedBy(), h.reason(), h.id()));
            });
  }

  /**
   * Remembers why a deletion could not be purged, and lets it rest: longer each time, a day at
   * most.
   *
   * @return how often it has failed
   */
  public int setAside(UUID id, String why, Instant now, Duration rest) {
    jdbc.update(
        """
        update lethe.deletion
           set attempts = attempts + 1, failure = ?, failed_at = ?::timestamptz,
               retry_at = ?::timestamptz
                          + least(interval '1 day', ? * interval '1 second' * power(2, least(attempts, 16)))
         where deletion_id = ? and state = 'in_trash'
        """,
        why,
        Timestamp.from(now),
        Timestamp.from(now),
        rest.toSeconds(),
        id);
    Integer attempts =
        jdbc.queryForObject(
            "select attempts from lethe.deletion where deletion_id = ?", Integer.class, id);
    return attempts == null ? 0 : attempts;
  }

  /**
   * Forgets the rows and ends the deletion's time in the trash.
   *
   * @return how many archived rows are gone
   */
  public long settle(UUID id, Deletion.State state, Instant now, String actor) {
    long rows = jdbc.update("delete from lethe.archived_row where deletion_id = ?", id);
    jdbc.update("delete from lethe.changed_row where deletion_id = ?", id);
    jdbc.update("delete from lethe.archived_table where deletion_id = ?", id);
    jdbc.update(
        """
        update lethe.deletion
           set state = ?, settled_at = ?, settled_by = ?, root = null, label = null, failure = null
         where deletion_id = ?
        """,
        word(state),
        Timestamp.from(now),
        actor,
        id);
    return rows;
  }

  /**
   * Keeps a deletion from being purged.
   *
   * @param until null to hold it until the hold is lifted
   */
  public UUID hold(UUID deletion, By by, @Nullable Instant until, Instant now) {
    UUID hold = UUID.randomUUID();
    jdbc.update(
        """
        insert into lethe.hold (hold_id, deletion_id, reason, held_until, placed_at, placed_by)
        values (?, ?, ?, ?, ?, ?)
        """,
        hold,
        deletion,
        by.reason(),
        until == null ? null : Timestamp.from(until),
        Timestamp.from(now),
        by.actor());
    return hold;
  }

  /** Ends a hold; false if there is none such that still holds. */
  public boolean lift(UUID hold, String actor, Instant now) {
    return jdbc.update(
            "update lethe.hold set lifted_at = ?, lifted_by = ? where hold_id = ? and lifted_at is null",
            Timestamp.from(now),
            actor,
            hold)
        == 1;
  }

  static String word(Deletion.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  static Deletion deletion(ResultSet rs, int n) throws SQLException {
    Timestamp settled = rs.getTimestamp("settled_at");
    return new Deletion(
        rs.getObject("deletion_id", UUID.class),
        rs.getTimestamp("deleted_at").toInstant(),
        rs.getString("root_table"),
        rs.getString("label"),
        rs.getString("actor"),
        rs.getString("reason"),
        LedgerJson.counts(rs.getString("counts")),
        Deletion.State.valueOf(rs.getString("state").toUpperCase(Locale.ROOT)),
        rs.getTimestamp("keep_until").toInstant(),
        settled == null ? null : settled.toInstant(),
        rs.getString("failure"));
  }

  private static Hold hold(ResultSet rs, int n) throws SQLException {
    Timestamp until = rs.getTimestamp("held_until");
    return new Hold(
        rs.getObject("hold_id", UUID.class),
        rs.getObject("deletion_id", UUID.class),
        rs.getString("label"),
        rs.getString("reason"),
        until == null ? null : until.toInstant(),
        rs.getTimestamp("placed_at").toInstant(),
        rs.getString("placed_by"));
  }

  /** Places of columns in an image. */
  static List<Integer> places(Array array) throws SQLException {
    return List.of((Integer[]) array.getArray());
  }

  private static List<String> texts(ResultSet rs, String column) throws SQLException {
    return Arrays.asList((String[]) rs.getArray(column).getArray());
  }
}
