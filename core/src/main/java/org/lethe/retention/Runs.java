package org.lethe.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.collect.Counts;
import org.lethe.policy.Rule;
import org.springframework.jdbc.core.JdbcOperations;

/** The record of runs, within the caller's transaction. */
final class Runs {

  /** Runs that found nothing to do are forgotten after this long. */
  private static final Duration IDLE_KEPT = Duration.ofDays(7);

  private static final String RUN =
      """
      select run_id, number, round, rule, action, actor, state, started_at, finished_at, report, failure,
             continues
        from lethe.rule_run
      """;

  private final JdbcOperations jdbc;

  Runs(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Records that a run begins. The caller holds the rule's claim, so whatever else is recorded as
   * running belongs to a process that is gone; that is written down too.
   */
  UUID begin(Rule rule, UUID round, String actor, Instant now) {
    UUID left = null;
    for (RuleRun run :
        jdbc.query(
            RUN + " where rule = ? and state = 'running' order by number",
            Runs::run,
            rule.name())) {
      end(
          run.id(),
          run.rule(),
          run.actor(),
          RuleRun.State.UNFINISHED,
          run.counts(),
          run.setAside(),
          "the process that ran it ended in the middle",
          now);
      left = run.id();
    }
    UUID id = UUID.randomUUID();
    jdbc.update(
        """
        insert into lethe.rule_run (run_id, round, rule, action, actor, started_at, continues)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        id,
        round,
        rule.name(),
        rule.action().word(),
        actor,
        Timestamp.from(now),
        left);
    return id;
  }

  /**
   * How a run stands when it begins a chunk.
   *
   * @param ours false where it is not ours any more
   * @param paused why its rule is paused; null if it is not
   */
  record Standing(boolean ours, @Nullable String paused) {}

  /**
   * Keeps the run to this transaction.
   *
   * <p>A process that lost its connection, and with it its claim, finds out here.
   */
  Standing lock(UUID id, String rule) {
    return jdbc
        .query(
            """
            select (select reason from lethe.pause where task = ?)
              from lethe.rule_run where run_id = ? and state = 'running' for update
            """,
            (rs, n) -> new Standing(true, rs.getString(1)),
            Pauses.rule(rule),
            id)
        .stream()
        .findFirst()
        .orElse(new Standing(false, null));
  }

  void progress(UUID id, Counts counts, Map<String, Long> setAside) {
    jdbc.update(
        "update lethe.rule_run set report = ?::jsonb where run_id = ?",
        RunJson.report(counts, setAside),
        id);
  }

  /** Records how a run ended; audited unless it found nothing to do. */
  void end(
      UUID id,
      String rule,
      String actor,
      RuleRun.State state,
      Counts counts,
      Map<String, Long> setAside,
      @Nullable String failure,
      Instant now) {
    int ended =
        jdbc.update(
            """
            update lethe.rule_run set state = ?, finished_at = ?, report = ?::jsonb, failure = ?
             where run_id = ? and state = 'running'
            """,
            word(state),
            Timestamp.from(now),
            RunJson.report(counts, setAside),
            failure,
            id);
    boolean idle = counts.equals(Counts.NONE) && setAside.isEmpty() && failure == null;
    if (ended == 1 && !idle) {
      new Audit(jdbc)
          .append(
              now,
              actor,
              "rule_end",
              Pauses.rule(rule),
              null,
              RunJson.audit(id, counts, setAside, word(state)));
    }
  }

  /** Forgets old runs that found nothing, except the latest of all. */
  void forgetIdle(String rule, Instant now) {
    jdbc.update(
        """
        delete from lethe.rule_run as r
         where rule = ? and state = 'finished' and finished_at < ?
           and report -> 'total' = '0' and report -> 'updated' = '{}'
           and report -> 'set_aside' = '{}'
           and number < (select max(number) from lethe.rule_run where rule = r.rule)
        """,
        rule,
        Timestamp.from(now.minus(IDLE_KEPT)));
  }

  /**
   * Runs, latest first.
   *
   * @param rule null for all
   * @param before only runs with a smaller number; null for the latest
   */
  List<RuleRun> list(@Nullable String rule, @Nullable Long before, int limit) {
    return jdbc.query(
        RUN
            + """
             where (?::text is null or rule = ?) and (?::bigint is null or number < ?)
             order by number desc limit ?
            """,
        Runs::run,
        rule,
        rule,
        before,
        before,
        limit);
  }

  /**
   * How many rows went on each day in UTC, or were changed by rules that only change them.
   *
   * @param rule null for all that delete or erase for good
   */
  Map<LocalDate, Long> perDay(@Nullable String rule, Instant since) {
    Map<LocalDate, Long> days = new TreeMap<>();
    jdbc.query(
        """
        select (started_at at time zone 'UTC')::date as day,
               sum(case when action = 'deactivate'
                        then (select sum(value::bigint) from jsonb_each_text(report -> 'updated'))
                        else (report ->> 'total')::bigint end) as rows
          from lethe.rule_run
         where started_at >= ?
           and case when ?::text is null then action in ('delete', 'erase') else rule = ? end
         group by day
        """,
        rs -> {
          days.put(rs.getObject("day", LocalDate.class), rs.getLong("rows"));
        },
        Timestamp.from(since),
        rule,
        rule);
    return days;
  }

  /** The last run that got to the end of its work. */
  Optional<RuleRun> lastFinished(String rule) {
    return jdbc
        .query(
            RUN + " where rule = ? and state = 'finished' order by number desc limit 1",
            Runs::run,
            rule)
        .stream()
        .findFirst();
  }

  private static String word(RuleRun.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static RuleRun run(ResultSet rs, int n) throws SQLException {
    Timestamp finished = rs.getTimestamp("finished_at");
    String report = rs.getString("report");
    return new RuleRun(
        rs.getObject("run_id", UUID.class),
        rs.getLong("number"),
        rs.getObject("round", UUID.class),
        rs.getString("rule"),
        rs.getString("action"),
        rs.getString("actor"),
        RuleRun.State.valueOf(rs.getString("state").toUpperCase(Locale.ROOT)),
        rs.getTimestamp("started_at").toInstant(),
        finished == null ? null : finished.toInstant(),
        RunJson.counts(report),
        RunJson.setAside(report),
        rs.getString("failure"),
        rs.getObject("continues", UUID.class));
  }
}
