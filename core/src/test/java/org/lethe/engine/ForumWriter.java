package org.lethe.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** One of many users of a forum: writes short transactions at READ COMMITTED, as users do. */
final class ForumWriter {

  /** What it means to come too late: the parent is gone, or one of two had to give way. */
  private static final Set<String> TOO_LATE = Set.of("23503", "40P01");

  private record Act(String table, String sql) {}

  private static final List<Act> ACTS =
      List.of(
          new Act("account", "insert into account default values"),
          new Act("account", "insert into account default values"),
          new Act(
              "post",
              "insert into post (account, editor) select a.id, b.id from account a, account b"
                  + " order by random() limit 3"),
          new Act(
              "comment",
              "insert into comment (post, answers) select p.id, (select max(id) from comment c"
                  + " where c.post <= p.id) from post p order by random() limit 5"),
          new Act(
              "follow",
              "insert into follow (account) select id from account order by random() limit 2"),
          new Act(
              "moved",
              "update post set account = (select id from account order by random() limit 1)"
                  + " where id in (select id from post order by random() limit 2)"),
          new Act(
              "moved",
              "update comment set answers = (select max(id) from comment where random() < 0.5)"
                  + " where id in (select id from comment order by random() limit 1)"));

  private final TestDatabase database;
  private final Map<String, Long> inserted;
  private final AtomicInteger lost;

  /**
   * @param inserted counts rows by table once they are committed; thread-safe
   * @param lost counts transactions that came too late
   */
  ForumWriter(TestDatabase database, Map<String, Long> inserted, AtomicInteger lost) {
    this.database = database;
    this.inserted = inserted;
    this.lost = lost;
  }

  /** A session of a few dozen transactions. */
  void write() throws SQLException {
    try (Connection connection = database.source().getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      for (int i = 0; i < 30; i++) {
        try {
          transaction(connection);
        } catch (SQLException e) {
          connection.rollback();
          if (!TOO_LATE.contains(String.valueOf(e.getSQLState()))) {
            throw e;
          }
          lost.incrementAndGet();
        }
      }
    }
  }

  private void transaction(Connection connection) throws SQLException {
    Map<String, Long> rows = new HashMap<>();
    try (Statement statement = connection.createStatement()) {
      for (int n = ThreadLocalRandom.current().nextInt(1, 4); n > 0; n--) {
        Act act = ACTS.get(ThreadLocalRandom.current().nextInt(ACTS.size()));
        rows.merge(act.table(), (long) statement.executeUpdate(act.sql()), Long::sum);
      }
    }
    connection.commit();
    rows.forEach((table, n) -> inserted.merge(table, n, Long::sum));
  }
}
