package org.lethe.trash;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reason why a deletion must not be purged yet.
 *
 * @param label how the held deletion's roots are called; null if nothing names them
 * @param until when it ends by itself; null if it is to be lifted
 */
public record Hold(
    UUID id,
    UUID deletion,
    @Nullable String label,
    String reason,
    @Nullable Instant until,
    Instant placedAt,
    String placedBy) {}
