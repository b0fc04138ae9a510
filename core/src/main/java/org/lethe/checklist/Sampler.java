package org.lethe.checklist;

import java.util.Map;
import org.lethe.personal.ValueShape;
import org.lethe.schema.Table;

/**
 * Looks at a few values of each text column, and tells their shape only: the values themselves
 * never leave it.
 */
@FunctionalInterface
public interface Sampler {

  /** Looks at nothing. */
  Sampler NONE = table -> Map.of();

  /** Column name to shape; columns that were not looked at may be missing. */
  Map<String, ValueShape> shapes(Table table);
}
