package org.lethe.trash;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.trash.Deletion.State;

/**
 * Which deletions are asked for, and of which the asker may read what they were called and why they
 * were made. Immutable.
 *
 * @param state null for all
 * @param actor who made them; null for all
 * @param rootTable as {@link Deletion#rootTable} has it; null for all
 * @param text in what they are called, in the reason or in the name of who made them, or how the id
 *     begins; empty for all
 * @param readable tables whose labels and reasons may be searched; null for all
 */
public record DeletionQuery(
    @Nullable State state,
    @Nullable String actor,
    @Nullable String rootTable,
    String text,
    @Nullable Collection<String> readable) {

  /** All there are. */
  public static final DeletionQuery ALL = new DeletionQuery(null, null, null, "", null);

  public DeletionQuery {
    readable = readable == null ? null : List.copyOf(readable);
  }

  public DeletionQuery withState(@Nullable State other) {
    return new DeletionQuery(other, actor, rootTable, text, readable);
  }

  public DeletionQuery withActor(@Nullable String other) {
    return new DeletionQuery(state, other, rootTable, text, readable);
  }

  public DeletionQuery withRootTable(@Nullable String other) {
    return new DeletionQuery(state, actor, other, text, readable);
  }

  /** Where a deletion stands in the list, which is latest first. */
  public record Place(Instant deletedAt, UUID id) {}
}
