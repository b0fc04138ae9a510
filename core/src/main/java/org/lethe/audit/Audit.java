package org.lethe.audit;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.lethe.error.LetheException;
import org.lethe.hash.Fingerprint;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The audit, within the caller's transaction: an act and its entry commit together or not at all.
 * Entries are appended one at a time, so append last, shortly before the commit.
 */
public final class Audit {

  private static final String ENTRY =
      "select entry, at, actor, action, object, reason, details, previous, hash from lethe.audit";

  private static final int FETCHED = 2000;

  private final JdbcOperations jdbc;

  public Audit(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Where the chain ends. */
  private record Head(long number, String hash) {}

  /**
   * Appends an entry; waits for others that are appending.
   *
   * @param details JSON
   */
  public Entry append(
      Instant at,
      String actor,
      String action,
      String object,
      @Nullable String reason,
      String details) {
    Head head = head(" for update");
    // The database keeps microseconds, and what is hashed must be what is read.
    Instant kept = at.truncatedTo(ChronoUnit.MICROS);
    Entry entry =
        new Entry(head.number() + 1, kept, actor, action, object, reason, details, head.hash(), "");
    String hash = hash(entry);
    jdbc.update(
        """
        insert into lethe.audit (entry, at, actor, action, object, reason, details, previous, hash)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        entry.number(),
        Timestamp.from(kept),
        actor,
        action,
        object,
        reason,
        details,
        entry.previous(),
        hash);
    jdbc.update("update lethe.audit_head set entry = ?, hash = ?", entry.number(), hash);
    return new Entry(
        entry.number(), kept, actor, action, object, reason, details, entry.previous(), hash);
  }

  /**
   * One of several acts that are done together.
   *
   * @param details JSON
   */
  public record Act(String action, String object, @Nullable String reason, String details) {}

  /**
   * Appends an entry for each of some acts, in their order; waits for others that are appending.
   */
  public void append(Instant at, String actor, List<Act> acts) {
    if (acts.isEmpty()) {
      return;
    }
    Head head = head(" for update");
    Instant kept = at.truncatedTo(ChronoUnit.MICROS);
    List<Entry> entries = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    long number = head.number();
    String previous = head.hash();
    for (Act act : acts) {
      Entry entry =
          new Entry(
              ++number,
              kept,
              actor,
              act.action(),
              act.object(),
              act.reason(),
              act.details(),
              previous,
              "");
      previous = hash(entry);
      entries.add(entry);
      hashes.add(previous);
    }
    jdbc.update(
        """
        insert into lethe.audit (entry, at, actor, action, object, reason, details, previous, hash)
        select e.entry, ?, ?, e.action, e.object, e.reason, e.details, e.previous, e.hash
          from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
               as e(entry, action, object, reason, details, previous, hash)
         order by e.entry
        """,
        Timestamp.from(kept),
        actor,
        entries.stream().map(Entry::number).toArray(Long[]::new),
        each(entries, Entry::action),
        each(entries, Entry::object),
        each(entries, Entry::reason),
        each(entries, Entry::details),
        each(entries, Entry::previous),
        hashes.toArray(String[]::new));
    jdbc.update("update lethe.audit_head set entry = ?, hash = ?", number, previous);
  }

  private static @Nullable String[] each(
      List<Entry> entries, Function<Entry, @Nullable String> value) {
    return entries.stream().map(value).toArray(String[]::new);
  }

  /** Entries, latest first. */
  public List<Entry> list(AuditQuery wanted, int limit) {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    // Only what is asked for is in the statement, so that the database finds the right index.
    if (!wanted.actors().isEmpty()) {
      conditions.add("actor in (%s)".formatted(places(wanted.actors().size())));
      values.addAll(wanted.actors());
    }
    condition("action = ?", wanted.action(), conditions, values);
    condition("object = ?", wanted.object(), conditions, values);
    condition("at >= ?", timestamp(wanted.from()), conditions, values);
    condition("at < ?", timestamp(wanted.until()), conditions, values);
    condition("entry < ?", wanted.before(), conditions, values);
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    values.add(limit);
    return jdbc.query(
        ENTRY + where + " order by entry desc limit ?", Audit::entry, values.toArray());
  }

  private static String places(int n) {
    return String.join(", ", Collections.nCopies(n, "?"));
  }

  private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  private static void condition(
      String text, @Nullable Object value, List<String> conditions, List<Object> values) {
    if (value != null) {
      conditions.add(text);
      values.add(value);
    }
  }

  /** Every action that was ever done, by name; takes no longer in a long audit. */
  public List<String> actions() {
    return jdbc.queryForList(
        """
        with recursive known(action) as (
          (select action from lethe.audit order by action limit 1)
          union all
          select (select a.action from lethe.audit a
                   where a.action > known.action order by a.action limit 1)
            from known where known.action is not null
        )
        select action from known where action is not null order by action
        """,
        String.class);
  }

  /**
   * Follows the chain from its start, however long it is.
   *
   * @param seen told now and then how many entries were looked at
   * @return what is wrong with it, for people; empty if nothing is
   */
  public List<String> verify(LongConsumer seen) {
    List<String> faults = new ArrayList<>();
    Entry[] last = new Entry[1];
    long[] count = new long[1];
    jdbc.query(
        connection -> {
          PreparedStatement all = connection.prepareStatement(ENTRY + " order by entry");
          all.setFetchSize(FETCHED);
          return all;
        },
        rs -> {
          Entry entry = entry(rs, 0);
          check(last[0], entry, faults);
          last[0] = entry;
          if (++count[0] % FETCHED == 0) {
            seen.accept(count[0]);
          }
        });
    List<Head> heads = heads("");
    if (heads.isEmpty()) {
      faults.add("nothing says which entry was the last to be written");
      return faults;
    }
    Head head = heads.get(0);
    long end = last[0] == null ? 0 : last[0].number();
    String hash = last[0] == null ? "" : last[0].hash();
    if (head.number() != end || !head.hash().equals(hash)) {
      faults.add(
          "the audit ends with entry %d, but entry %d was the last to be written"
              .formatted(end, head.number()));
    }
    return faults;
  }

  private static void check(@Nullable Entry before, Entry entry, List<String> faults) {
    long expected = before == null ? 1 : before.number() + 1;
    if (entry.number() != expected) {
      faults.add(
          entry.number() == expected + 1
              ? "entry %d is missing".formatted(expected)
              : "entries %d to %d are missing".formatted(expected, entry.number() - 1));
    } else if (!entry.previous().equals(before == null ? "" : before.hash())) {
      faults.add("entry %d does not follow on the one before it".formatted(entry.number()));
    }
    if (!entry.hash().equals(hash(entry))) {
      faults.add("entry %d was changed after it was written".formatted(entry.number()));
    }
  }

  private Head head(String lock) {
    List<Head> heads = heads(lock);
    if (heads.isEmpty()) {
      throw new LetheException(
          "the audit cannot go on: lethe.audit_head is empty; nothing was changed. lethe audit"
              + " verify says more");
    }
    return heads.get(0);
  }

  private List<Head> heads(String lock) {
    return jdbc.query(
        "select entry, hash from lethe.audit_head" + lock,
        (rs, n) -> new Head(rs.getLong(1), rs.getString(2)));
  }

  private static Entry entry(ResultSet rs, int n) throws SQLException {
    return new Entry(
        rs.getLong("entry"),
        rs.getTimestamp("at").toInstant(),
        rs.getString("actor"),
        rs.getString("action"),
        rs.getString("object"),
        rs.getString("reason"),
        rs.getString("details"),
        rs.getString("previous"),
        rs.getString("hash"));
  }

  private static String hash(Entry e) {
    return new Fingerprint()
        .add(Long.toString(e.number()))
        .add(e.at())
        .add(e.actor())
        .add(e.action())
        .add(e.object())
        .add(e.reason())
        .add(e.details())
        .add(e.previous())
        .hex();
  }
}
