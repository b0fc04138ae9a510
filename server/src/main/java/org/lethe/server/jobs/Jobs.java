package org.lethe.server.jobs;

import jakarta.annotation.PreDestroy;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lethe.error.LetheException;
import org.lethe.server.security.Me;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/**
 * Runs long work beside the pages and tells how far it is, to whichever process is asked.
 * Thread-safe.
 */
@Service
public final class Jobs {

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  private static final int THREADS = 4;
  private static final int WAITING = 200;
  private static final int BEAT_SECONDS = 10;

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final Set<UUID> running = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService pulse;
  private final ScheduledFuture<?> beating;

  Jobs(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.workers =
        new ThreadPoolExecutor(
            THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING));
    this.pulse = Executors.newSingleThreadScheduledExecutor();
    this.beating =
        pulse.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  /** What a job does; it commits by itself what it did. */
  @FunctionalInterface
  public interface Work {

    /**
     * @return what came of it, for people
     */
    String run(Progress progress);
  }

  /** Where work tells how far it is. Thread-safe. */
  @FunctionalInterface
  public interface Progress {

    /**
     * @param total null where nobody knows
     */
    void at(long done, @Nullable Long total);
  }

  /**
   * Starts work.
   *
   * @param path where its outcome will be seen; null where nowhere
   * @throws BusyException if too much waits already
   */
  public UUID start(Me me, String kind, String label, @Nullable String path, Work work) {
    return start(me.account().id().text(), kind, label, path, work);
  }

  /**
   * Starts work that nobody asked for.
   *
   * @param by who does it, for the record
   * @throws BusyException if too much waits already
   */
  public UUID start(String by, String kind, String label, @Nullable String path, Work work) {
    UUID id = UUID.randomUUID();
    Timestamp now = Timestamp.from(clock.instant());
    jdbc.update(
        """
        insert into lethe.job (job_id, kind, label, started_by, started_at, beat_at, path)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        id,
        kind,
        label,
        by,
        now,
        now,
        path);
    running.add(id);
    try {
      workers.execute(() -> run(id, work));
    } catch (RejectedExecutionException e) {
      running.remove(id);
      finish(id, "too much waits already", null);
      throw new BusyException(e);
    }
    return id;
  }

  private void run(UUID id, Work work) {
    @Nullable String failure = null;
    @Nullable String outcome = null;
    try {
      outcome = work.run((done, total) -> progress(id, done, total));
    } catch (LetheException e) {
      failure = String.valueOf(e.getMessage());
    } catch (RuntimeException | Error e) {
      // Its message may hold data: that belongs on no page.
      LOG.error("job {} failed", id, e);
      failure = "it failed for a reason that the log tells; what it had not completed was undone";
    } finally {
      running.remove(id);
      finish(id, failure, outcome);
    }
  }

  private void progress(UUID id, long done, @Nullable Long total) {
    jdbc.update(
        "update lethe.job set done = ?, total = ?, beat_at = ? where job_id = ?",
        done,
        total,
        Timestamp.from(clock.instant()),
        id);
  }

  private void finish(UUID id, @Nullable String failure, @Nullable String outcome) {
    try {
      jdbc.update(
          "update lethe.job set finished_at = ?, failure = ?, outcome = ? where job_id = ?",
          Timestamp.from(clock.instant()),
          failure,
          outcome,
          id);
    } catch (DataAccessException e) {
      LOG.warn("how job {} ended could not be kept", id);
    }
  }

  private void beat() {
    try {
      for (UUID id : running) {
        jdbc.update(
            "update lethe.job set beat_at = ? where job_id = ?",
            Timestamp.from(clock.instant()),
            id);
      }
    } catch (DataAccessException e) {
      LOG.warn("the database cannot be told that jobs are running");
    }
  }

  /** One job, if it is this account's, or everything is. */
  public Optional<Job> find(Me me, UUID id) {
    return jdbc.query("select * from lethe.job where job_id = ?", Jobs::job, id).stream()
        .filter(j -> me.rights().superuser() || j.startedBy().equals(me.account().id().text()))
        .findFirst();
  }

  /** The latest jobs of this account. */
  public List<Job> latest(Me me, int limit) {
    return latest(me, null, limit);
  }

  /**
   * The latest jobs of this account.
   *
   * @param after begins with those that were started before this one; null for the first
   */
  public List<Job> latest(Me me, @Nullable UUID after, int limit) {
    return jdbc.query(
        """
        select * from lethe.job
         where started_by = ?
           and (?::uuid is null
                or (started_at, job_id) < (select started_at, job_id from lethe.job where job_id = ?))
         order by started_at desc, job_id desc
         limit ?
        """,
        Jobs::job,
        me.account().id().text(),
        after,
        after,
        limit);
  }

  private static Job job(java.sql.ResultSet row, int n) throws java.sql.SQLException {
    Timestamp finished = row.getTimestamp("finished_at");
    long total = row.getLong("total");
    @Nullable Long known = row.wasNull() ? null : total;
    return new Job(
        row.getObject("job_id", UUID.class),
        row.getString("kind").toLowerCase(Locale.ROOT),
        row.getString("label"),
        row.getString("started_by"),
        row.getTimestamp("started_at").toInstant(),
        row.getTimestamp("beat_at").toInstant(),
        row.getLong("done"),
        known,
        finished == null ? null : finished.toInstant(),
        row.getString("failure"),
        row.getString("outcome"),
        row.getString("path"));
  }

  /** What time it is, for {@link Job#state}. */
  public Instant now() {
    return clock.instant();
  }

  /** Lets what runs come to its end for a while. */
  @PreDestroy
  void stop() {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(BEAT_SECONDS, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    beating.cancel(false);
    pulse.shutdownNow();
  }
}
