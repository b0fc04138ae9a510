package org.lethe.policy;

import org.jspecify.annotations.Nullable;

/**
 * What the policy says of a column's data. Immutable.
 *
 * @param category null where nobody said
 * @param export null where nobody said
 * @param erase null where nobody said
 * @param portable null where nobody said
 * @param retain null where no law wants it kept
 */
public record ColumnRule(
    @Nullable Category category,
    @Nullable ExportRule export,
    @Nullable Treatment erase,
    @Nullable Portable portable,
    @Nullable LegalRetention retain) {

  /** What holds where nothing is said. */
  public static final ColumnRule UNSAID = new ColumnRule(null, null, null, null, null);
}
