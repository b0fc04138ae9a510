package org.lethe.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the policy says of a table's data. Immutable.
 *
 * @param erasure what an erasure does to a person's rows
 * @param said whether the policy says so itself
 * @param retain null where no law wants rows kept
 * @param portable null where nobody said
 * @param columns by name, as the database spells it; those of which something is said
 */
public record TableRule(
    Erasure erasure,
    boolean said,
    @Nullable LegalRetention retain,
    @Nullable Portable portable,
    Map<String, ColumnRule> columns) {

  /** What holds where nothing is said. */
  public static final TableRule UNSAID = new TableRule(Erasure.DELETE, false, null, null, Map.of());

  public TableRule {
    columns = Map.copyOf(columns);
  }

  public ColumnRule column(String name) {
    return columns.getOrDefault(name, ColumnRule.UNSAID);
  }
}
