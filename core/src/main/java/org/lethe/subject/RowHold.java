package org.lethe.subject;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;

/**
 * A reason why no erasure may touch a row yet. Immutable.
 *
 * @param key of the row, as text
 * @param until when it ends by itself; null if it is to be lifted
 */
public record RowHold(
    UUID id,
    TableId table,
    List<String> key,
    String reason,
    @Nullable Instant until,
    Instant placedAt,
    String placedBy) {

  public RowHold {
    key = List.copyOf(key);
  }
}
