package org.lethe.server.trash;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.trash.Deletion;
import org.lethe.trash.Hold;

/**
 * A deletion as its list and its page show it: raw data, escaped by the template.
 *
 * @param label how its rows were called; its table where that may not be read, or is known no more
 * @param rows that went
 * @param reason null where there is none, or it may not be read
 * @param keepUntil when it may be purged, unless it is held
 * @param outlook what becomes of it and when, in words
 * @param holds that keep it; only asked for on its own page
 */
public record TrashRow(
    UUID id,
    String label,
    String table,
    long rows,
    String actor,
    @Nullable String reason,
    Instant deletedAt,
    Instant keepUntil,
    Deletion.State state,
    String outlook,
    @Nullable String failure,
    List<Hold> holds) {

  public TrashRow {
    holds = List.copyOf(holds);
  }

  public boolean inTrash() {
    return state == Deletion.State.IN_TRASH;
  }

  public boolean held() {
    return !holds.isEmpty();
  }

  public String path() {
    return "/trash/" + id;
  }

  /** The time it was deleted, for people. */
  public String when() {
    return TrashWords.time(deletedAt);
  }
}
