package org.lethe.trash;

import java.util.UUID;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.execute.Executor;
import org.lethe.policy.Decisions;
import org.lethe.schema.Table;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Deletes for good the rows that a deletion has only marked, with all that hangs on them by now:
 * they are live rows, so the rules of any other removal hold. Thread-safe.
 */
public final class MarkedRows {

  private final Decisions decisions;
  private final Dialect dialect;
  private final Executor executor;

  public MarkedRows(Decisions decisions, Dialect dialect, Executor executor) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.executor = executor;
  }

  /**
   * Deletes those that still are as the deletion left them, in the caller's transaction.
   *
   * @return how many rows went
   * @throws org.lethe.collect.BlockedException if something blocks
   */
  public long delete(JdbcOperations jdbc, UUID deletion) {
    long gone = 0;
    for (ArchivedTable archived : new Ledger(jdbc).tables(deletion)) {
      Table now = decisions.catalog().tables().get(archived.table());
      if (archived.marked() && now != null) {
        gone += delete(jdbc, deletion, new StoredTable(dialect, archived, now));
      }
    }
    return gone;
  }

  private long delete(JdbcOperations jdbc, UUID deletion, StoredTable stored) {
    jdbc.query(dialect.fixTextForms(), rs -> {});
    String row = dialect.quote(stored.table().id().name());
    String marked =
        "exists (select 1 from lethe.changed_row as r where r.deletion_id = '%s' and r.position = %d and %s)"
            .formatted(deletion, stored.archived().position(), ChangedRows.unchanged(stored, row));
    return executor.delete(new Roots.Where(stored.table().id(), marked)).counts().total();
  }
}
