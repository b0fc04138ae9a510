package org.lethe.bench.peer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.lethe.bench.Workload;
import org.lethe.bench.data.Flavour;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One DELETE, after which the database cascades by itself: the measure of all others. */
final class NativePeer implements Peer {

  @Override
  public String name() {
    return "native";
  }

  @Override
  public boolean can(Workload workload, Flavour flavour) {
    return workload == Workload.W5
        || (flavour == Flavour.CASCADE
            && Peer.oneOf(workload, Workload.W1, Workload.W2, Workload.W3, Workload.ONE));
  }

  @Override
  public Outcome run(Job job) {
    JdbcTemplate jdbc = new JdbcTemplate(job.database());
    if (job.workload() == Workload.W1) {
      return counted(job, jdbc);
    }
    jdbc.execute(
        job.workload() == Workload.W5
            ? Events.DELETE_ALL
            : "delete from users where id in (%s)".formatted(job.userList()));
    return Outcome.DONE;
  }

  /** The only way to ask a database what its own cascade would do is to let it, and roll back. */
  private static Outcome counted(Job job, JdbcTemplate jdbc) {
    Map<String, Long> counts = new LinkedHashMap<>();
    new TransactionTemplate(new JdbcTransactionManager(job.database()))
        .executeWithoutResult(
            status -> {
              status.setRollbackOnly();
              jdbc.update("delete from users where id in (%s)".formatted(job.userList()));
              jdbc.query(
                  "select relname, n_tup_del, n_tup_upd from pg_stat_xact_user_tables",
                  rs -> {
                    counts.put(rs.getString(1), rs.getLong(2));
                    counts.put(rs.getString(1) + " changed", rs.getLong(3));
                  });
            });
    return Outcome.counted(counts);
  }
}
