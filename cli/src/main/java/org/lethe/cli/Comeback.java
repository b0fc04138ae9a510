package org.lethe.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.lethe.trash.Conflict;
import org.lethe.trash.RestoreReport;
import org.lethe.trash.Trash;

/**
 * What a restore would bring back if the deletions that it needs came back first.
 *
 * @param asked the deletion that was named, as it is now
 * @param needed those that hold its parents, theirs, and so on; the farthest first
 */
record Comeback(RestoreReport asked, List<RestoreReport> needed) {

  /** Looks at a deletion and at all that it needs; changes nothing. */
  static Comeback of(Trash trash, UUID id) {
    RestoreReport asked = trash.preview(id);
    List<RestoreReport> needed = new ArrayList<>();
    Set<UUID> seen = new HashSet<>(Set.of(id));
    Deque<RestoreReport> next = new ArrayDeque<>(List.of(asked));
    while (!next.isEmpty()) {
      for (UUID parent : parents(next.removeFirst())) {
        if (seen.add(parent)) {
          RestoreReport report = trash.preview(parent);
          needed.add(report);
          next.addLast(report);
        }
      }
    }
    Collections.reverse(needed);
    return new Comeback(asked, needed);
  }

  private static List<UUID> parents(RestoreReport report) {
    return report.conflicts().stream()
        .filter(Comeback::settledByParents)
        .flatMap(c -> c.deletions().stream())
        .toList();
  }

  /** Whether restoring other deletions first is all it takes. */
  static boolean settledByParents(Conflict conflict) {
    return conflict.kind() == Conflict.Kind.PARENT_IN_TRASH;
  }

  static boolean settledByParents(List<Conflict> conflicts) {
    return conflicts.stream().filter(Conflict::blocks).allMatch(Comeback::settledByParents);
  }

  /** What stays in the way, of whichever of them. */
  List<Conflict> obstacles() {
    List<Conflict> obstacles = new ArrayList<>();
    for (RestoreReport report : all()) {
      report.conflicts().stream()
          .filter(c -> c.blocks() && !settledByParents(c))
          .forEach(obstacles::add);
    }
    return obstacles;
  }

  /** In the order in which they come back, without the conflicts that this order settles. */
  List<RestoreReport> all() {
    List<RestoreReport> all = new ArrayList<>(needed);
    all.add(asked);
    return all.stream()
        .map(
            r ->
                new RestoreReport(
                    r.deletion(),
                    r.counts(),
                    r.conflicts().stream().filter(c -> !settledByParents(c)).toList()))
        .toList();
  }
}
