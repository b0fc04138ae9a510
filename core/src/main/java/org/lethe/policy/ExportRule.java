package org.lethe.policy;

import org.jspecify.annotations.Nullable;

/**
 * How a column is handed out. Not to be confused with what erasure does to it: what is never handed
 * out may still have to go. Immutable.
 *
 * @param never whether it is not handed out at all
 * @param rename what the column is called there; null for its own name
 * @param format a pattern for dates and times ({@code yyyy}) or numbers ({@code 0.00}); null for
 *     the value as it is
 * @param lookUp the column whose value is shown in place of a number that stands for it; null for
 *     none
 * @param mask which characters are shown; null for all
 * @param with the name of a transformation of the application's own; null for none
 */
public record ExportRule(
    boolean never,
    @Nullable String rename,
    @Nullable String format,
    @Nullable LookUp lookUp,
    Treatment.@Nullable Mask mask,
    @Nullable String with) {

  public static final ExportRule YES = new ExportRule(false, null, null, null, null, null);
  public static final ExportRule NEVER = new ExportRule(true, null, null, null, null, null);

  /**
   * Where the meaning of a value is found.
   *
   * @param key the column that holds the same value
   * @param shown the column to show
   */
  public record LookUp(ColumnId key, ColumnId shown) {}
}
