package org.lethe.bench.peer;

import org.lethe.bench.Workload;
import org.lethe.bench.data.Flavour;
import org.springframework.jdbc.core.JdbcTemplate;

/** The loops that people write to delete much without holding everybody up. */
final class ChunkPeer implements Peer {

  private static final String BY_KEY =
      """
      with old as (select id from events where %s order by created_at limit 10000)
      delete from events where id in (select id from old)
      """
          .formatted(Events.TOO_OLD);

  private static final String BY_PLACE =
      """
      delete from events where ctid = any (array(select ctid from events where %s limit 10000))
      """
          .formatted(Events.TOO_OLD);

  private final boolean byPlace;

  ChunkPeer(boolean byPlace) {
    this.byPlace = byPlace;
  }

  @Override
  public String name() {
    return byPlace ? "loop by place" : "loop by key";
  }

  @Override
  public boolean can(Workload workload, Flavour flavour) {
    return workload == Workload.W5;
  }

  @Override
  public Outcome run(Job job) {
    JdbcTemplate jdbc = new JdbcTemplate(job.database());
    while (jdbc.update(byPlace ? BY_PLACE : BY_KEY) > 0) {
      // Each commits for itself.
    }
    return Outcome.DONE;
  }
}
