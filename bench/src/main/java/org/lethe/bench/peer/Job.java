package org.lethe.bench.peer;

import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.lethe.bench.Workload;

/**
 * What a peer is to do.
 *
 * @param users keys of the users it is about
 * @param out where an export goes
 */
public record Job(Workload workload, DataSource database, List<Long> users, Path out) {

  /** The keys, for an IN list. */
  String userList() {
    return String.join(", ", users.stream().map(String::valueOf).toList());
  }

  /** The same for other users. */
  Job about(List<Long> others) {
    return new Job(workload, database, others, out);
  }
}
