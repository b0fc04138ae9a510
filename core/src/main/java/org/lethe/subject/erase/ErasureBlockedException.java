package org.lethe.subject.erase;

import java.io.Serial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lethe.error.LetheException;
import org.lethe.policy.Decisions;

/** Nobody decided what becomes of some rows of a person; nothing was changed. */
public final class ErasureBlockedException extends LetheException {

  @Serial private static final long serialVersionUID = 1L;

  private final ArrayList<String> relations;

  private ErasureBlockedException(String message, Collection<String> relations) {
    super(message);
    this.relations = new ArrayList<>(relations);
  }

  /** Names of the relations that nobody decided. */
  public List<String> relations() {
    return List.copyOf(relations);
  }

  static void refuse(Decisions decisions, List<Fates.Undecided> undecided) {
    if (!undecided.isEmpty()) {
      throw new ErasureBlockedException(
          "nobody decided what becomes of "
              + undecided.stream()
                  .map(
                      u ->
                          "%d row%s over %s"
                              .formatted(u.rows(), u.rows() == 1 ? "" : "s", u.relation().name()))
                  .collect(Collectors.joining(", "))
              + "; nothing was changed. Decide in the policy, such as\n"
              + undecided.stream()
                  .map(u -> decisions.snippet(u.relation()))
                  .distinct()
                  .collect(Collectors.joining("\n")),
          undecided.stream()
              .map(u -> u.relation().name())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }
}
