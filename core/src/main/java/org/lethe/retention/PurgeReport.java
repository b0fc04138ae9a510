package org.lethe.retention;

import java.util.List;
import java.util.UUID;

/**
 * What one purge did.
 *
 * @param purged deletions that are final now
 * @param rows archived rows that are gone
 * @param failed deletions that were set aside; each says why in the ledger
 * @param more whether a limit ended it with work left
 */
public record PurgeReport(List<UUID> purged, long rows, List<UUID> failed, boolean more) {

  public PurgeReport {
    purged = List.copyOf(purged);
    failed = List.copyOf(failed);
  }
}
