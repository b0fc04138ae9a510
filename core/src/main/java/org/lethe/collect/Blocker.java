package org.lethe.collect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Relation;

/**
 * Rows that stop the removal, and how they hang on a root.
 *
 * @param kind what the relation is to do: {@code PROTECT}, {@code RESTRICT} or {@code UNDECIDED},
 *     or what it cannot do, for a reason of its own
 * @param rows how many rows of the relation's child refer to rows that would go
 * @param path from a root to one of them
 * @param snippet lines to paste into the policy where nobody decided; null otherwise
 * @param why the reason as a sentence for people, where the kind does not tell it; null otherwise
 */
public record Blocker(
    Relation relation,
    OnDelete.Kind kind,
    long rows,
    List<PathStep> path,
    @Nullable String snippet,
    @Nullable String why) {
  public Blocker {
    path = List.copyOf(path);
  }
}
