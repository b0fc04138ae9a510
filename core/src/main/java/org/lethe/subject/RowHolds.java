package org.lethe.subject;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.error.InputException;
import org.lethe.execute.Transactions;
import org.lethe.schema.TableId;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Rows that no erasure may touch for now, each with its reason: a dispute, an order of a court, a
 * restriction of processing. They end by themselves, or are lifted. Needs the ledger. Thread-safe.
 */
public final class RowHolds {

  private final Transactions transactions;
  private final Clock clock;

  public RowHolds(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Places one.
   *
   * @param key of a row that is there
   * @param until when it ends by itself; null if it is to be lifted
   * @param by with why, as the reason
   * @throws InputException without a reason, or if it would be over already
   */
  public RowHold place(TableId table, List<String> key, @Nullable Instant until, By by) {
    String reason = by.reason();
    if (reason == null || reason.isBlank()) {
      throw new InputException("a hold needs a reason");
    }
    Instant now = clock.instant();
    if (until != null && !until.isAfter(now)) {
      throw new InputException("the hold would be over already");
    }
    RowHold hold = new RowHold(UUID.randomUUID(), table, key, reason, until, now, by.actor());
    return transactions.change(
        jdbc -> {
          insert(jdbc, hold);
          audit(jdbc, "row_hold", hold.id(), by);
          return hold;
        });
  }

  /** The same within a transaction; one that is there already stays as it is. */
  public static void insert(JdbcOperations jdbc, RowHold hold) {
    jdbc.update(
        """
        insert into lethe.row_hold (hold_id, table_schema, table_name, key, reason, held_until, placed_at, placed_by)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing
        """,
        hold.id(),
        hold.table().schema(),
        hold.table().name(),
        hold.key().toArray(String[]::new),
        hold.reason(),
        hold.until() == null ? null : Timestamp.from(hold.until()),
        Timestamp.from(hold.placedAt()),
        hold.placedBy());
  }

  /** Those in force, the latest first. */
  public List<RowHold> list() {
    return transactions.look(
        jdbc ->
            jdbc.query(
                """
                select * from lethe.row_hold
                 where lifted_at is null and (held_until is null or held_until > ?)
                 order by placed_at desc, hold_id
                """,
                (rs, n) -> {
                  Timestamp until = rs.getTimestamp("held_until");
                  return new RowHold(
                      rs.getObject("hold_id", UUID.class),
                      new TableId(rs.getString("table_schema"), rs.getString("table_name")),
                      List.of((String[]) rs.getArray("key").getArray()),
                      rs.getString("reason"),
                      until == null ? null : until.toInstant(),
                      rs.getTimestamp("placed_at").toInstant(),
                      rs.getString("placed_by"));
                },
                Timestamp.from(clock.instant())));
  }

  /**
   * Ends one; erasures that had to leave the row go on with it by themselves within a day.
   *
   * @throws InputException if it is not in force
   */
  public void lift(UUID id, By by) {
    transactions.change(
        jdbc -> {
          int lifted =
              jdbc.update(
                  "update lethe.row_hold set lifted_at = ?, lifted_by = ? where hold_id = ? and lifted_at is null",
                  Timestamp.from(clock.instant()),
                  by.actor(),
                  id);
          if (lifted == 0) {
            throw new InputException("this hold is not in force");
          }
          audit(jdbc, "row_lift", id, by);
          return true;
        });
  }

  private void audit(JdbcOperations jdbc, String action, UUID id, By by) {
    new Audit(jdbc).append(clock.instant(), by.actor(), action, id.toString(), by.reason(), "{}");
  }
}
