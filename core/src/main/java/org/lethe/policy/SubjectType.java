package org.lethe.policy;

import java.util.List;
import org.lethe.schema.TableId;

/**
 * A sort of person. Immutable.
 *
 * @param name as the policy has it
 * @param table the table that has a row for each
 * @param identifyBy its columns by which one is found, as the database spells them
 */
public record SubjectType(String name, TableId table, List<String> identifyBy) {
  public SubjectType {
    identifyBy = List.copyOf(identifyBy);
  }
}
