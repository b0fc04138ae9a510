package org.lethe.bench.peer;

import java.io.OutputStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lethe.bench.Workload;
import org.lethe.bench.data.Databases;
import org.lethe.bench.data.Flavour;
import org.postgresql.PGConnection;

/**
 * What somebody who knows this schema writes by hand for it: temporary tables of keys, level by
 * level, then a statement per table. Tuned, the planner is told to go by indexes.
 */
final class SqlPeer implements Peer {

  private static final String TUNING =
      "set local random_page_cost = 1.1; set local enable_hashjoin = off;"
          + " set local enable_mergejoin = off; set local enable_seqscan = off";

  private final boolean tuned;
  private final Map<String, List<String>> parts = parts();

  SqlPeer(boolean tuned) {
    this.tuned = tuned;
  }

  @Override
  public String name() {
    return tuned ? "tuned SQL by hand" : "SQL by hand";
  }

  @Override
  public boolean can(Workload workload, Flavour flavour) {
    return Peer.oneOf(workload, Workload.W1, Workload.W2, Workload.W3, Workload.W4, Workload.ONE);
  }

  @Override
  public Outcome run(Job job) throws Exception {
    try (Connection connection = job.database().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      if (tuned) {
        statement.execute(TUNING);
      }
      statement.execute("create temporary table g_users (id bigint primary key) on commit drop");
      statement.execute(
          "insert into g_users select unnest('{%s}'::bigint[])".formatted(job.userList()));
      run(statement, "collect");
      Outcome outcome =
          switch (job.workload()) {
            case W1 -> counted(statement);
            case W4 -> exported(connection, job);
            default -> {
              run(statement, "delete");
              yield Outcome.DONE;
            }
          };
      connection.commit();
      return outcome;
    }
  }

  private void run(Statement statement, String part) throws Exception {
    for (String sql : parts.getOrDefault(part, List.of())) {
      statement.execute(sql);
    }
  }

  private Outcome counted(Statement statement) throws Exception {
    Map<String, Long> counts = new LinkedHashMap<>();
    String query = String.join("\nunion all\n", parts.getOrDefault("count", List.of()));
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return Outcome.counted(counts);
  }

  private Outcome exported(Connection connection, Job job) throws Exception {
    String query = String.join("\nunion all\n", parts.getOrDefault("export", List.of()));
    try (OutputStream out = Files.newOutputStream(job.out())) {
      return Outcome.exported(
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut("copy (" + query + ") to stdout", out));
    }
  }

  /** Statements by the part they belong to: a line with its name begins one. */
  private static Map<String, List<String>> parts() {
    Map<String, List<String>> parts = new LinkedHashMap<>();
    for (String part : Databases.text("by-hand.sql").split("(?m)^-- part: ", -1)) {
      int end = part.indexOf('\n');
      if (end < 0) {
        continue; // before the first
      }
      List<String> statements = new ArrayList<>();
      for (String sql : part.substring(end + 1).split(";\\s*\n", -1)) {
        if (!sql.isBlank()) {
          statements.add(sql.strip());
        }
      }
      parts.put(part.substring(0, end).strip(), statements);
    }
    return parts;
  }
}
