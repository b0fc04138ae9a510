package org.lethe.subject;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lethe.store.Outcome;

/**
 * What became of a person's data in one place. Nothing personal.
 *
 * @param store {@link #DATABASE}, {@link #TRASH}, or what the policy calls it
 * @param place a table, or what the store's locators say
 * @param items rows, keys, documents, files
 * @param ground why it was kept, or what went wrong; null where that says itself
 * @param until when what was kept may go; null where nobody knows or nothing was
 */
public record Settled(
    String store,
    String place,
    Outcome outcome,
    long items,
    @Nullable String ground,
    @Nullable Instant until) {

  public static final String DATABASE = "database";
  public static final String TRASH = "trash";
}
