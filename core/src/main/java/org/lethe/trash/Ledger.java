package org.lethe.trash;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/** Reads and writes deletions, within the caller's transaction. */
final class Ledger {

  private static final String DELETION =
      """
      select deletion_id, deleted_at, root_table, label, actor, reason, counts, state, keep_until,
             settled_at, failure
        from lethe.deletion
      """;

  private final JdbcOperations jdbc;

  Ledger(JdbcOperations jdbc) {
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

  /** The deletion's tables, parents before children as they were then. */
  List<ArchivedTable> tables(UUID id) {
    return jdbc.query(
        """
        select position, table_schema, table_name, columns, identity, removed
          from lethe.archived_table where deletion_id = ? order by position
        """,
        (rs, n) ->
            new ArchivedTable(
                rs.getInt("position"),
                new TableId(rs.getString("table_schema"), rs.getString("table_name")),
                texts(rs, "columns"),
                texts(rs, "identity"),
                rs.getBoolean("removed")),
        id);
  }

  /** Forgets the rows and ends the deletion's time in the trash. */
  void settle(UUID id, Deletion.State state, Instant now, String actor) {
    jdbc.update("delete from lethe.archived_row where deletion_id = ?", id);
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
  }

  private static String word(Deletion.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static Deletion deletion(ResultSet rs, int n) throws SQLException {
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

  private static List<String> texts(ResultSet rs, String column) throws SQLException {
    return Arrays.asList((String[]) rs.getArray(column).getArray());
  }
}
