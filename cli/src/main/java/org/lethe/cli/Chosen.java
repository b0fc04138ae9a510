package org.lethe.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.SubjectType;

/** People by what was typed: values, {@code -} for values from standard input, or a predicate. */
record Chosen(List<String> values, @Nullable String where) {

  /**
   * @throws UsageException if nobody is named, or in two ways at once
   */
  static Chosen of(List<String> values, @Nullable String where) {
    if (where != null) {
      if (!values.isEmpty()) {
        throw new UsageException("give values or --where, not both");
      }
      return new Chosen(values, PredicateCheck.oneExpression(where));
    }
    if (values.isEmpty()) {
      throw new UsageException(
          "who? Give what identifies the person, such as customer ada@example.org, several of these,"
              + " - for values from stdin, or --where \"predicate\"");
    }
    if (values.size() > 1 && values.contains("-")) {
      throw new UsageException("give values or - (values from stdin), not both");
    }
    return new Chosen(values, null);
  }

  /** Whether it may be more than one. */
  boolean many() {
    return where != null || values.size() > 1 || fromInput();
  }

  private boolean fromInput() {
    return values.equals(List.of("-"));
  }

  /**
   * Keys of their rows, each once.
   *
   * @throws UsageException if nothing is on standard input
   * @throws org.lethe.error.InputException if one is not there
   */
  List<List<String>> keys(RequestSession session, SubjectType type, Terminal terminal) {
    if (where != null) {
      return session.lethe().people(type, where);
    }
    List<String> given = fromInput() ? terminal.readLines("values") : values;
    return given.stream().map(v -> session.person(type.name(), v).key()).distinct().toList();
  }
}
