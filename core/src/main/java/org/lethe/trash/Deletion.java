package org.lethe.trash;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Counts;

/**
 * One executed removal.
 *
 * @param rootTable the table of the roots, for people
 * @param label how the roots are called; null once it is final, as it may name a person
 * @param keepUntil when it may be purged
 * @param settledAt when it was restored or purged; null while it is in the trash
 * @param failure why the last attempt to purge it failed; null if none did
 */
public record Deletion(
    UUID id,
    Instant deletedAt,
    String rootTable,
    @Nullable String label,
    String actor,
    @Nullable String reason,
    Counts counts,
    State state,
    Instant keepUntil,
    @Nullable Instant settledAt,
    @Nullable String failure) {

  /** Where a deletion is in its life. */
  public enum State {
    IN_TRASH,
    RESTORED,
    PURGED
  }
}
