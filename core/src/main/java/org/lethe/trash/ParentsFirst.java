package org.lethe.trash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Restores a deletion after those that hold what its rows refer to, which are restored in the same
 * way. For one restore; inside its transaction.
 */
final class ParentsFirst {

  private final Steps steps;
  private final Set<UUID> underWay = new HashSet<>();
  private final List<RestoreReport> done = new ArrayList<>();

  ParentsFirst(Steps steps) {
    this.steps = steps;
  }

  /** What can be done with one deletion. */
  interface Steps {

    /** Keeps others away from it. */
    Deletion lock(UUID id);

    /** What its restore would meet as things are now. */
    List<Conflict> conflicts(UUID id);

    RestoreReport restore(UUID id);
  }

  /**
   * @return one report per deletion in the order in which they came back, the given one last
   * @throws RestoreException if something else is in the way of one of them
   */
  List<RestoreReport> restore(UUID id) {
    restoreAfterParents(id);
    return List.copyOf(done);
  }

  private void restoreAfterParents(UUID id) {
    Deletion deletion = steps.lock(id);
    underWay.add(id);
    for (List<UUID> missing = missing(id); !missing.isEmpty(); missing = missing(id)) {
      parent(first(missing, deletion));
    }
    // Where two need each other, this names the conflict.
    done.add(steps.restore(id));
  }

  private void parent(UUID id) {
    try {
      restoreAfterParents(id);
    } catch (RestoreException e) {
      String said = String.valueOf(e.getMessage());
      throw new RestoreException(
          said.startsWith("deletion ") ? said : "deletion " + id + ", needed first, " + said,
          e.conflicts());
    }
  }

  private List<UUID> missing(UUID id) {
    return steps.conflicts(id).stream()
        .filter(c -> c.kind() == Conflict.Kind.PARENT_IN_TRASH)
        .flatMap(c -> c.deletions().stream())
        .filter(parent -> !underWay.contains(parent))
        .distinct()
        .toList();
  }

  /**
   * The parent was there when the child went, so it went later; if it was made anew and deleted
   * again, the first of these deletions holds the one that was meant.
   */
  private UUID first(List<UUID> missing, Deletion child) {
    Comparator<Deletion> later =
        Comparator.comparing(parent -> parent.deletedAt().isBefore(child.deletedAt()));
    return missing.stream()
        .map(steps::lock)
        .min(later.thenComparing(Deletion::deletedAt))
        .map(Deletion::id)
        .orElseThrow();
  }
}
