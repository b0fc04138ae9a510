package org.lethe.plan;

import java.util.List;
import org.lethe.error.LetheException;

/** The data, the policy or the schema changed since the plan was made. Nothing was changed. */
public final class StalePlanException extends LetheException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> differences;

  public StalePlanException(List<String> differences) {
    super(
        "the plan is stale: "
            + String.join("; ", differences)
            + ". Nothing was changed; make a new plan and look at it again.");
    this.differences = List.copyOf(differences);
  }

  /** What differs, one sentence each, without row data. */
  public List<String> differences() {
    return differences;
  }
}
