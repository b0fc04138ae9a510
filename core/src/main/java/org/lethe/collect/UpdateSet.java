package org.lethe.collect;

import org.jspecify.annotations.Nullable;
import org.lethe.schema.Table;

/**
 * The rows that stay and lose a reference: their places and keys.
 *
 * @param rows which they are
 * @param matching {@code from ... where ...} that finds the same rows {@code c} by the relation
 *     itself, for those whose place and key have changed since
 */
public record UpdateSet(Updated facts, KeySet rows, String matching) {

  /** Whose rows they are. */
  public Table table() {
    return rows.table();
  }

  /** Their entries, as a FROM item. */
  public String name() {
    return rows.name();
  }

  /**
   * The condition that row {@code c} is entry {@code s}, wherever it is now; null where rows have
   * no key.
   */
  public @Nullable String sameKey() {
    return rows.identity().isEmpty() ? null : rows.sameRow("c", "s");
  }
}
