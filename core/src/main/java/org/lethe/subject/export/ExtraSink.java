package org.lethe.subject.export;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;
import org.lethe.store.ExportSink;

/** Takes what an {@link Extra} hands out. */
public interface ExtraSink extends ExportSink {

  /**
   * One row of a table of this database that is not there now, such as one in the trash. What the
   * policy says of the table's columns holds for it.
   *
   * @param values by column, as PostgreSQL's {@code to_jsonb} would give them
   * @param shared whether it is others' too
   * @param note such as "deleted on 2024-03-01, in the trash"; null for nothing
   */
  void row(TableId table, Map<String, ?> values, boolean shared, @Nullable String note);
}
