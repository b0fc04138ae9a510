package org.lethe.subject.request;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/** Reads and writes which rows of a person stay for now, within the caller's transaction. */
final class StayingRows {

  private final JdbcOperations jdbc;

  StayingRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** More of them: a query for their keys, until when, and whether they are treated. */
  void remember(UUID id, TableId table, String rows) {
    jdbc.update(
        """
        insert into lethe.request_row (request_id, table_schema, table_name, key, until, treated)
        select ?, ?, ?, r.* from (%s) as r
        """
            .formatted(rows),
        id,
        table.schema(),
        table.name());
  }

  void forget(UUID id) {
    jdbc.update("delete from lethe.request_row where request_id = ?", id);
  }

  List<TableId> tables(UUID id) {
    return jdbc.query(
        "select distinct table_schema, table_name from lethe.request_row where request_id = ? order by 1, 2",
        (rs, n) -> new TableId(rs.getString(1), rs.getString(2)),
        id);
  }

  /** When the first of the rows that stay may go; null if none says so. */
  @Nullable Instant firstUntil(UUID id) {
    return jdbc.query(
            "select min(until) from lethe.request_row where request_id = ?",
            (rs, n) -> Optional.ofNullable(rs.getTimestamp(1)).map(Timestamp::toInstant),
            id)
        .get(0)
        .orElse(null);
  }
}
