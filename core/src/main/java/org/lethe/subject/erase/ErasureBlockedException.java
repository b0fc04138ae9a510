package org.lethe.subject.erase;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;
import org.lethe.error.LetheException;
import org.lethe.policy.Decisions;

/** Nobody decided what becomes of some rows of a person; nothing was changed. */
public final class ErasureBlockedException extends LetheException {

  @Serial private static final long serialVersionUID = 1L;

  private ErasureBlockedException(String message) {
    super(message);
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
                  .collect(Collectors.joining("\n")));
    }
  }
}
