package org.lethe.trash;

import java.util.List;
import org.lethe.collect.Counts;

/**
 * What a restore does, or did.
 *
 * @param counts rows that come back per table, and per table rows that get their references back
 * @param conflicts what it meets; nothing comes back while one of them {@link Conflict#blocks}
 */
public record RestoreReport(Deletion deletion, Counts counts, List<Conflict> conflicts) {

  public RestoreReport {
    conflicts = List.copyOf(conflicts);
  }

  /** Whether something is in the way. */
  public boolean blocked() {
    return conflicts.stream().anyMatch(Conflict::blocks);
  }
}
