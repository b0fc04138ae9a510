package org.lethe.assertions;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lethe.policy.Decisions;
import org.lethe.schema.TableId;

/**
 * What is in the database now.
 *
 * @param person the row of the person
 * @param made all rows, parents before children
 * @param planted values of the canary in rows that the policy sees
 * @param noRoom columns that are too narrow for a canary
 * @param reached tables in which the policy sees something of the person
 */
record Seeded(
    Made person, List<Made> made, List<Planted> planted, Set<String> noRoom, Set<TableId> reached) {

  /** How many rows each table has got, by its name. */
  Map<String, Long> counts(Decisions decisions) {
    Map<String, Long> counts = new TreeMap<>();
    made.forEach(m -> counts.merge(decisions.catalog().displayName(m.table().id()), 1L, Long::sum));
    return counts;
  }
}
