package org.lethe.bench.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lethe.bench.Workload;
import org.lethe.bench.data.Databases;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What is started for each run of a peer: gets warm on a small copy, as a program that has been
 * running for a while is, and then does the work once, by its own clock.
 */
public final class PeerProcess {

  private static final long WARM_NANOS = 4_000_000_000L;
  private static final int WARM_ROUNDS = 60;
  private static final int AT_ONCE = 10;

  private PeerProcess() {}

  /**
   * Peer, workload, where to get warm ("" for not at all), where to work, file of users, output.
   */
  public static void main(String[] args) throws Exception {
    Workload workload = Workload.valueOf(args[1]);
    List<Long> users = Files.readAllLines(Path.of(args[4])).stream().map(Long::valueOf).toList();
    Path out = Path.of(args[5]);
    if (!args[2].isEmpty()) {
      warmUp(args[0], workload, args[2], out);
    }
    long started = System.nanoTime();
    Peer peer = peer(args[0]);
    Job job = new Job(workload, source(args[3]), users, out);
    peer.prepare(job);
    say("prepare_s", seconds(System.nanoTime() - started));
    say("log_from", forgotten(args[3]));
    System.gc();
    if (workload == Workload.ONE) {
      say("work_s", oneByOne(peer, job).seconds());
    } else {
      long from = System.nanoTime();
      Outcome outcome = peer.run(job);
      say("work_s", seconds(System.nanoTime() - from));
      outcome.counts().forEach((table, rows) -> say("count " + table, rows));
      say("rows", outcome.rows());
      if (workload == Workload.CATALOG) {
        oneByOne(peer, job);
      }
    }
    Memory.peak(ProcessHandle.current().pid()).ifPresent(megabytes -> say("rss_mb", megabytes));
  }

  /**
   * What it did to prepare itself does not count: the server forgets it, and says where its log is.
   */
  private static String forgotten(String url) {
    JdbcTemplate server =
        new JdbcTemplate(
            new DriverManagerDataSource(url.replace("/" + Databases.MEASURED, "/postgres")));
    server.execute("select pg_stat_statements_reset()");
    return String.valueOf(server.queryForObject("select pg_current_wal_lsn()::text", String.class));
  }

  private static void warmUp(String name, Workload workload, String url, Path out)
      throws Exception {
    HikariDataSource database = source(url);
    long until = System.nanoTime() + WARM_NANOS;
    for (int round = 0; round < WARM_ROUNDS && System.nanoTime() < until; round++) {
      // Nobody twice, and never user 1, on whom too much hangs to get warm quickly.
      List<Long> users = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        users.add(2L + (long) round * AT_ONCE + i);
      }
      Job job =
          new Job(workload, database, workload == Workload.W4 ? users.subList(0, 1) : users, out);
      Peer peer = peer(name);
      peer.prepare(job);
      if (workload == Workload.ONE) {
        for (Long user : users) {
          peer.run(job.about(List.of(user)));
        }
      } else {
        peer.run(job);
      }
    }
    database.close();
  }

  private static Percentiles oneByOne(Peer peer, Job job) throws Exception {
    List<Long> nanos = new ArrayList<>();
    for (Long user : job.users()) {
      long before = System.nanoTime();
      peer.run(job.about(List.of(user)));
      nanos.add(System.nanoTime() - before);
    }
    Percentiles each = new Percentiles(nanos);
    say("p50_ms", each.milliseconds(0.5));
    say("p95_ms", each.milliseconds(0.95));
    return each;
  }

  private static Peer peer(String name) {
    return Peers.named(name)
        .orElseThrow(() -> new IllegalArgumentException("no such peer: " + name));
  }

  /** As a program that serves people has one: connecting is not part of the work. */
  private static HikariDataSource source(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.4f", nanos / 1e9);
  }

  private static void say(String name, Object value) {
    System.out.println(Said.line(name, value));
  }
}
