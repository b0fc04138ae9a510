package org.lethe.subject.request;

import java.util.function.UnaryOperator;

/**
 * Where something may mention people.
 *
 * @param name for people
 * @param text all that row {@code c} has there, in SQL
 * @param fits whether row {@code c} has something there that fits an expression of the database
 */
record Place(String name, String text, UnaryOperator<String> fits) {

  /** {@link #fits} of a pattern in SQL. */
  String contains(String pattern) {
    return fits.apply(pattern);
  }
}
