package org.lethe.trash;

import java.util.List;
import java.util.UUID;

/**
 * Something a restore meets.
 *
 * @param subject the table, column, key or relation concerned, for people
 * @param rows how many archived rows it concerns
 * @param message what is in the way, and what to do
 * @param deletions where the cause is itself in the trash: the deletions to restore first
 */
public record Conflict(Kind kind, String subject, long rows, String message, List<UUID> deletions) {

  public Conflict {
    deletions = List.copyOf(deletions);
  }

  /**
   * That rows refer to some which other deletions took.
   *
   * @param parent the table referred to, for people
   * @param deletions those that took them
   */
  static Conflict parentInTrash(String relation, long rows, String parent, List<UUID> deletions) {
    return new Conflict(
        Kind.PARENT_IN_TRASH,
        relation,
        rows,
        "%s to rows of %s that are in the trash themselves; restore that first"
            .formatted(rows == 1 ? "1 row refers" : rows + " rows refer", parent),
        deletions);
  }

  /** Whether nothing can come back while this is so. */
  public boolean blocks() {
    return kind.blocks;
  }

  /** What it is about. */
  public enum Kind {
    TABLE_GONE(true),
    /** A column that held values is no more. */
    COLUMN_DROPPED(true),
    /** A new column must have a value and has no default. */
    COLUMN_REQUIRED(true),
    /** A new column: what comes back gets its default. */
    COLUMN_ADDED(false),
    /** Another row has the value of a unique key by now. */
    VALUE_TAKEN(true),
    /** The row referred to is no more. */
    PARENT_GONE(true),
    /** The row referred to is in the trash itself. */
    PARENT_IN_TRASH(true),
    /** A row that lost its reference has been changed since and is left as it is. */
    CHANGED_SINCE(false);

    private final boolean blocks;

    Kind(boolean blocks) {
      this.blocks = blocks;
    }
  }
}
