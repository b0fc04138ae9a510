package org.lethe.policy;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Column;

/**
 * The columns by which an application marks its own rows as deleted; at least one of the first two
 * is there. Immutable.
 *
 * @param deleted true for rows that are deleted; where it is there, it alone tells
 * @param deletedAt when they were; null for those that are not
 * @param deletionId by which deletion; null for those that are not
 */
public record FlagColumns(
    @Nullable Column deleted, @Nullable Column deletedAt, @Nullable Column deletionId) {

  /** The one that tells whether a row is deleted. */
  public Column telling() {
    return deleted == null ? Objects.requireNonNull(deletedAt) : deleted;
  }

  /**
   * Whether a row is not deleted, as SQL that is never null.
   *
   * @param value of the column that is {@link #telling}, as SQL
   */
  public String isLive(String value) {
    return value + (deleted == null ? " is null" : " is not true");
  }

  /** Those that are there. */
  public List<Column> all() {
    return Stream.of(deleted, deletedAt, deletionId).flatMap(Stream::ofNullable).toList();
  }
}
