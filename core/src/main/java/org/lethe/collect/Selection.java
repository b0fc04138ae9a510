package org.lethe.collect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lethe.policy.Choices;
import org.lethe.schema.TableId;

/**
 * What a removal touches, as facts: which rows go, which change, what blocks. Pure data; the rows
 * themselves stay in the database.
 *
 * @param choices what was chosen in place of the policy
 * @param tables tables with at least one row that goes; parents before children
 */
public record Selection(
    Roots roots,
    DeleteKind kind,
    Choices choices,
    List<Selected> tables,
    List<Updated> updates,
    List<Blocker> blockers,
    List<Warning> warnings) {

  public Selection {
    tables = List.copyOf(tables);
    updates = List.copyOf(updates);
    blockers = List.copyOf(blockers);
    warnings = List.copyOf(warnings);
  }

  public Counts counts() {
    Map<TableId, Long> deleted = new LinkedHashMap<>();
    tables.forEach(t -> deleted.put(t.table(), t.rows()));
    Map<String, Long> updated = new LinkedHashMap<>();
    updates.forEach(u -> updated.merge(u.relation().name(), u.rows(), Long::sum));
    return new Counts(deleted, updated);
  }

  public boolean blocked() {
    return !blockers.isEmpty();
  }
}
