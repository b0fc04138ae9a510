package org.lethe.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.execute.Transactions;

/** When what runs next, as the schedulers of this database keep it. Thread-safe. */
public final class Timetable {

  private final Transactions transactions;

  public Timetable(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * When a task runs next.
   *
   * @param task as in {@link org.lethe.retention.Pause#task}
   * @param runningIn the process that runs it right now; null if none does
   */
  public record Entry(String task, Instant next, @Nullable String runningIn) {}

  /** All tasks that were ever scheduled here and still are, by name. */
  public List<Entry> entries() {
    return transactions.look(
        jdbc ->
            jdbc.query(
                """
                select task_name, execution_time, case when picked then picked_by end as picked_by
                  from lethe.scheduled_tasks order by task_name
                """,
                Timetable::entry));
  }

  private static Entry entry(ResultSet rs, int n) throws SQLException {
    Timestamp next = rs.getTimestamp("execution_time");
    return new Entry(rs.getString("task_name"), next.toInstant(), rs.getString("picked_by"));
  }
}
