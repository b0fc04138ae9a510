package org.lethe.server.removal;

import java.util.List;
import org.lethe.policy.Choices;

/**
 * What hangs on an account that is to go, and what was said to become of it.
 *
 * @param questions one for each relation that leaves a choice
 * @param choices what the answers come to, so far
 * @param problem what is still missing or wrong; empty if nothing is
 */
public record Hanging(List<Question> questions, Choices choices, String problem) {

  /** Nothing is asked of most rows: the policy holds. */
  static final Hanging NOTHING = new Hanging(List.of(), Choices.NONE, "");

  public Hanging {
    questions = List.copyOf(questions);
  }

  public boolean settled() {
    return problem.isEmpty();
  }
}
