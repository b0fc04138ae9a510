package org.lethe.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lethe.bench.data.Databases;
import org.lethe.bench.data.Flavour;
import org.lethe.bench.data.Size;
import org.lethe.bench.data.State;
import org.lethe.bench.peer.Job;
import org.lethe.bench.peer.Outcome;
import org.lethe.bench.peer.Peer;
import org.lethe.bench.peer.Peers;
import org.springframework.jdbc.core.JdbcTemplate;

/** Peers in this JVM on small copies of the forum. */
final class Small implements AutoCloseable {

  final Databases databases = Databases.temporary();
  final Traffic traffic = new Traffic(databases);

  static Peer peer(String name) {
    return Peers.all().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  /** A fresh copy to work on. */
  void fresh(int users, Flavour flavour) {
    databases.copy(databases.forum(Size.of(Integer.toString(users)), flavour), Databases.MEASURED);
  }

  /** Does it on the copy; from then on {@link #traffic} knows what it took. */
  Outcome run(Peer peer, Workload workload, List<Long> users) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(databases.url(Databases.MEASURED));
    Path out = Files.createTempFile("bench", ".json");
    try (HikariDataSource source = new HikariDataSource(config)) {
      Job job = new Job(workload, source, users, out);
      peer.prepare(job);
      traffic.begin();
      return peer.run(job);
    } finally {
      Files.delete(out);
    }
  }

  /** What the copy holds now. */
  List<String> held() {
    return State.of(new JdbcTemplate(databases.source(Databases.MEASURED)));
  }

  @Override
  public void close() {
    databases.close();
  }
}
