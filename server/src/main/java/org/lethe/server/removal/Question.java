package org.lethe.server.removal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who deletes an account is asked about the rows that refer to it by one relation.
 *
 * @param field what its answer is called in the form
 * @param rows how many there are
 * @param answers that are possible
 * @param answer that was given; null while none was
 * @param to whom they were to be handed, as typed
 */
public record Question(
    String relation,
    String table,
    String field,
    long rows,
    List<Answer> answers,
    @Nullable String answer,
    String to) {

  public Question {
    answers = List.copyOf(answers);
  }

  /** One of the answers, as forms send it and as people read it. */
  public record Answer(String word, String text) {}
}
