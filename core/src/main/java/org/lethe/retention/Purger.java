package org.lethe.retention;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.dialect.Dialect;
import org.lethe.error.LetheException;
import org.lethe.execute.Reasons;
import org.lethe.execute.Transactions;
import org.lethe.trash.By;
import org.lethe.trash.Deletion;
import org.lethe.trash.Ledger;
import org.lethe.trash.MarkedRows;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Makes deletions final when their time in the trash is over. Any number of processes may purge at
 * once: each deletion is claimed by one, in a transaction of its own, so that one that fails is set
 * aside with its reason and does not hold up the others. Thread-safe.
 */
public final class Purger {

  /** After a failure a deletion rests this long, and longer each time. */
  private static final Duration REST = Duration.ofMinutes(5);

  /** More than anybody will look at. */
  private static final int KEPT_RUNS = 1000;

  private final Transactions transactions;
  private final MarkedRows marked;
  private final Reasons reasons;
  private final Clock clock;

  public Purger(Transactions transactions, MarkedRows marked, Dialect dialect, Clock clock) {
    this.transactions = transactions;
    this.marked = marked;
    this.reasons = new Reasons(dialect);
    this.clock = clock;
  }

  /**
   * Purges what is due, the longest due first; nothing while the purge is paused. A lost connection
   * is made again once; what was purged before is final in any case.
   *
   * @param actor who does it, for the ledger
   */
  public PurgeReport run(PurgeLimits limits, String actor) {
    Instant begun = clock.instant();
    PurgeReport report = work(limits, actor);
    boolean unused = transactions.change(jdbc -> record(jdbc, report, actor, begun));
    return report;
  }

  /**
   * Purges as recorded, latest first.
   *
   * @param before only those with a smaller {@link PurgeRun#number}; null for the latest
   */
  public List<PurgeRun> history(@Nullable Long before, int limit) {
    return transactions.look(
        jdbc ->
            jdbc.query(
                """
                select number, actor, started_at, finished_at, purged, rows, failed
                  from lethe.purge_run where ?::bigint is null or number < ?
                 order by number desc limit ?
                """,
                (rs, n) ->
                    new PurgeRun(
                        rs.getLong("number"),
                        rs.getString("actor"),
                        rs.getTimestamp("started_at").toInstant(),
                        rs.getTimestamp("finished_at").toInstant(),
                        rs.getLong("purged"),
                        rs.getLong("rows"),
                        rs.getLong("failed")),
                before,
                before,
                limit));
  }

  /** How many rows left the trash for good on each day in UTC; days without are left out. */
  public Map<LocalDate, Long> perDay(Instant since) {
    return transactions.look(
        jdbc -> {
          Map<LocalDate, Long> days = new TreeMap<>();
          jdbc.query(
              """
              select (settled_at at time zone 'UTC')::date as day,
                     sum((counts ->> 'total')::bigint) as rows
                from lethe.deletion where state = 'purged' and settled_at >= ? group by day
              """,
              rs -> {
                days.put(rs.getObject("day", LocalDate.class), rs.getLong("rows"));
              },
              Timestamp.from(since));
          return days;
        });
  }

  private boolean record(JdbcOperations jdbc, PurgeReport report, String actor, Instant begun) {
    jdbc.update(
        """
        insert into lethe.purge_run (actor, started_at, finished_at, purged, rows, failed)
        values (?, ?, ?, ?, ?, ?)
        """,
        actor,
        Timestamp.from(begun),
        Timestamp.from(clock.instant()),
        report.purged().size(),
        report.rows(),
        report.failed().size());
    jdbc.update(
        "delete from lethe.purge_run where number <= (select max(number) from lethe.purge_run) - ?",
        KEPT_RUNS);
    return true;
  }

  private PurgeReport work(PurgeLimits limits, String actor) {
    List<UUID> purged = new ArrayList<>();
    List<UUID> failed = new ArrayList<>();
    @Nullable UUID suspect = null;
    Throttle throttle = new Throttle(limits.rowsPerSecond());
    while (true) {
      boolean spent =
          purged.size() + failed.size() >= limits.deletions()
              || throttle.rows() >= limits.rows()
              || throttle.elapsed().compareTo(limits.time()) >= 0;
      if (spent) {
        return new PurgeReport(purged, throttle.rows(), failed, anyDue());
      }
      UUID[] claimed = new UUID[1];
      try {
        Optional<Long> gone = transactions.change(jdbc -> purgeNext(jdbc, claimed, actor));
        if (gone.isEmpty()) {
          return new PurgeReport(purged, throttle.rows(), failed, false);
        }
        purged.add(claimed[0]);
        throttle.add(gone.get());
      } catch (LetheException e) {
        if (claimed[0] == null || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        if (reasons.connectionLost(e) && !claimed[0].equals(suspect)) {
          // Not the deletion's fault, unless it happens to it again.
          suspect = claimed[0];
          continue;
        }
        setAside(claimed[0], e);
        failed.add(claimed[0]);
      }
      throttle.await();
    }
  }

  /** Rows that went with the next deletion that is due; empty if none is. */
  private Optional<Long> purgeNext(JdbcOperations jdbc, UUID[] claimed, String actor) {
    claimed[0] = null;
    if (Pauses.find(jdbc, Pauses.PURGE).isPresent()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Ledger ledger = new Ledger(jdbc);
    Optional<UUID> due = ledger.claimDue(now);
    due.ifPresent(id -> claimed[0] = id);
    return due.map(id -> makeFinal(jdbc, id, now, new By(actor, null)));
  }

  /**
   * Makes one deletion final now, whatever time it has left.
   *
   * @return rows that are gone, archived or marked
   * @throws org.lethe.error.InputException if it is not in the trash, or a hold keeps it there
   */
  public long purge(UUID id, By by) {
    return transactions.change(
        jdbc -> {
          Instant now = clock.instant();
          new Ledger(jdbc).claim(id, now);
          return makeFinal(jdbc, id, now, by);
        });
  }

  private long makeFinal(JdbcOperations jdbc, UUID id, Instant now, By by) {
    long rows = marked.delete(jdbc, id);
    rows += new Ledger(jdbc).settle(id, Deletion.State.PURGED, now, by.actor());
    new Audit(jdbc)
        .append(now, by.actor(), "purge", id.toString(), by.reason(), "{\"rows\": " + rows + "}");
    return rows;
  }

  private boolean anyDue() {
    Instant now = clock.instant();
    return transactions.look(jdbc -> !new Ledger(jdbc).due(now, 1).isEmpty());
  }

  private void setAside(UUID id, LetheException why) {
    Instant now = clock.instant();
    transactions.change(
        jdbc -> new Ledger(jdbc).setAside(id, String.valueOf(why.getMessage()), now, REST));
  }
}
