package org.lethe.collect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Relation;

/**
 * Rows that stay but have their reference changed.
 *
 * @param columns the referencing columns that change
 * @param rows how many
 * @param digest order-free digest of their keys; null when it was not asked for
 */
public record Updated(
    Relation relation,
    OnDelete onDelete,
    List<String> columns,
    long rows,
    @Nullable String digest) {
  public Updated {
    columns = List.copyOf(columns);
  }
}
