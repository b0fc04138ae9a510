package org.lethe.collect;

import java.util.Map;
import org.lethe.schema.TableId;

/**
 * A selection together with the temporary tables that hold its rows. Lives as long as the
 * transaction it was collected in; not thread-safe.
 *
 * @param updates by relation name
 */
public record Collected(
    Selection selection, KeySets sets, Flags flags, Map<String, UpdateSet> updates) {

  public Collected {
    updates = Map.copyOf(updates);
  }

  /** The rows of a table that go; only for tables of the selection. */
  public KeySet rowsOf(TableId table) {
    KeySet set = sets.get(table);
    if (set == null) {
      throw new IllegalArgumentException("nothing of " + table + " is selected");
    }
    return set;
  }

  /** The rows that a relation updates; only for relations of the selection. */
  public UpdateSet updatesOver(String relation) {
    UpdateSet update = updates.get(relation);
    if (update == null) {
      throw new IllegalArgumentException("nothing is updated over " + relation);
    }
    return update;
  }
}
