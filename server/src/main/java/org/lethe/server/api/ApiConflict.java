package org.lethe.server.api;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.lethe.trash.Conflict;

/**
 * Something a restore meets, for programs.
 *
 * @param subject where: the table, column, key or relation
 * @param message what it is, and how to mend it
 * @param blocks whether nothing comes back while it is so
 * @param deletions to restore first
 */
record ApiConflict(
    String kind, String subject, long rows, String message, boolean blocks, List<UUID> deletions) {

  static ApiConflict of(Conflict c) {
    return new ApiConflict(
        c.kind().name().toLowerCase(Locale.ROOT),
        c.subject(),
        c.rows(),
        c.message(),
        c.blocks(),
        c.deletions());
  }
}
