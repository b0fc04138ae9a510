package org.lethe.subject.erase;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;

/**
 * What an erasure does in this database, as facts without anything personal: it can be kept and
 * approved. Immutable.
 *
 * @param tables tables with rows of the person, parents before children
 * @param updates rows of others that lose their reference to what goes, by relation
 * @param trashed rows that go from the trash, by table
 * @param policyHash of the policy it was made under
 * @param catalogHash of the schema it was made for
 */
public record ErasurePlan(
    List<OfTable> tables,
    Map<String, Long> updates,
    Map<String, Long> trashed,
    String policyHash,
    String catalogHash) {

  public ErasurePlan {
    tables = List.copyOf(tables);
    updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
    trashed = Collections.unmodifiableMap(new LinkedHashMap<>(trashed));
  }

  /**
   * What becomes of the rows of one table.
   *
   * @param name of the table as people write it
   * @param deleted rows that go
   * @param treated rows that stay with other values, and so are nobody's any more
   * @param kept rows that must be kept for now
   * @param shared rows that are others' too: they stay
   * @param treatments what becomes of columns, by name
   */
  public record OfTable(
      TableId table,
      String name,
      long deleted,
      long treated,
      List<Kept> kept,
      long shared,
      Map<String, String> treatments) {
    public OfTable {
      kept = List.copyOf(kept);
      treatments = Collections.unmodifiableMap(new LinkedHashMap<>(treatments));
    }
  }

  /**
   * Rows that stay as they are.
   *
   * @param until when the last of them may go; null where nobody knows
   */
  public record Kept(long rows, String ground, @Nullable Instant until) {}

  /** Whether nothing must be kept. */
  public boolean complete() {
    return tables.stream().allMatch(t -> t.kept().isEmpty());
  }
}
