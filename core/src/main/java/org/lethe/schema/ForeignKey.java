package org.lethe.schema;

import java.util.List;

/**
 * A foreign key as declared on one table or partition.
 *
 * @param table the referencing table
 * @param columns referencing columns; pairwise with {@code targetColumns}
 * @param target the referenced table
 * @param setColumns the columns that ON DELETE SET NULL or SET DEFAULT touches; all of {@code
 *     columns} unless the declaration names fewer
 * @param validated false for NOT VALID: rows older than the constraint may dangle
 * @param enforced false for NOT ENFORCED: the database checks nothing and does nothing
 */
public record ForeignKey(
    String name,
    TableId table,
    List<String> columns,
    TableId target,
    List<String> targetColumns,
    Rule onDelete,
    List<String> setColumns,
    boolean deferrable,
    boolean initiallyDeferred,
    boolean matchFull,
    boolean validated,
    boolean enforced) {

  public ForeignKey {
    columns = List.copyOf(columns);
    targetColumns = List.copyOf(targetColumns);
    setColumns = List.copyOf(setColumns);
  }

  /** The database's own ON DELETE rule. */
  public enum Rule {
    NO_ACTION,
    RESTRICT,
    CASCADE,
    SET_NULL,
    SET_DEFAULT
  }
}
