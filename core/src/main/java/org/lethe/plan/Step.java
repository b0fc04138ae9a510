package org.lethe.plan;

import java.util.List;
import org.lethe.schema.TableId;

/** One thing a plan does, in its order. The reason is for people; the rest decides. */
public sealed interface Step {

  /** Rows this step touches; never 0. */
  long rows();

  String reason();

  /**
   * Changes the reference of rows that stay.
   *
   * @param relation name of the relation
   * @param action what becomes of the columns, as the policy writes it
   */
  record Update(
      String relation, TableId table, List<String> columns, String action, long rows, String reason)
      implements Step {
    public Update {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Marks the selected rows of one table as deleted; they stay where they are.
   *
   * @param columns that mark them
   */
  record Flag(TableId table, List<String> columns, long rows, String reason) implements Step {
    public Flag {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Deletes the selected rows of one table, or of several that refer to each other in a circle, in
   * one statement.
   */
  record Delete(List<TableId> tables, long rows, String reason) implements Step {
    public Delete {
      tables = List.copyOf(tables);
    }
  }
}
