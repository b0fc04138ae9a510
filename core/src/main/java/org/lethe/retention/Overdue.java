package org.lethe.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that should have run long ago.
 *
 * @param task as in {@link Pause#task}
 * @param since when it last ran to its end, or the purge should have taken what is due; null if it
 *     never ran at all
 * @param paused why it is paused; null if it is not
 */
public record Overdue(String task, @Nullable Instant since, @Nullable String paused) {}
