package org.lethe.server.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.server.trash.TrashDetails;
import org.lethe.server.trash.TrashRow;

/**
 * A deletion, for programs.
 *
 * @param label how its rows were called; its table where that may not be read
 * @param keepUntil when it may be purged, unless a hold keeps it
 * @param failure why the purge set it aside
 */
record ApiDeletion(
    UUID id,
    String label,
    String table,
    long rows,
    String actor,
    @Nullable String reason,
    Instant deletedAt,
    Instant keepUntil,
    String state,
    @Nullable String failure,
    List<Hold> holds) {

  /** What keeps it from being purged; {@code until} is null where it has to be lifted. */
  record Hold(UUID id, String reason, @Nullable Instant until, Instant placedAt, String placedBy) {

    static Hold of(org.lethe.trash.Hold h) {
      return new Hold(h.id(), h.reason(), h.until(), h.placedAt(), h.placedBy());
    }
  }

  static ApiDeletion of(TrashRow r) {
    return new ApiDeletion(
        r.id(),
        r.label(),
        r.table(),
        r.rows(),
        r.actor(),
        r.reason(),
        r.deletedAt(),
        r.keepUntil(),
        r.state().name().toLowerCase(Locale.ROOT),
        r.failure(),
        r.holds().stream().map(Hold::of).toList());
  }

  /** One with all that is to be said of it; {@code name} has to be given when it is purged. */
  record Whole(
      ApiDeletion deletion,
      Map<String, Long> deleted,
      Map<String, Long> updated,
      String name,
      boolean mayRestore,
      boolean mayHold,
      boolean mayPurge,
      List<ApiAudit.Act> history) {

    static Whole of(TrashDetails d) {
      return new Whole(
          ApiDeletion.of(d.row()),
          counts(d.removed()),
          counts(d.changed()),
          d.name(),
          d.mayRestore(),
          d.mayHold(),
          d.mayPurge(),
          d.history().stream().map(ApiAudit.Act::of).toList());
    }

    private static Map<String, Long> counts(List<TrashDetails.Line> lines) {
      Map<String, Long> counts = new LinkedHashMap<>();
      lines.forEach(l -> counts.put(l.what(), l.rows()));
      return counts;
    }
  }
}
