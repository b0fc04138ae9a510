package org.lethe.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.server.removal.Twig;

/**
 * A row with what hangs on it.
 *
 * @param address null where it may not be seen
 */
record ApiTwig(String label, @Nullable String address, List<Fork> forks) {

  /**
   * Rows that hang on one by a relation.
   *
   * @param more rows that are not shown
   */
  record Fork(String relation, String effect, long rows, List<ApiTwig> shown, long more) {

    static Fork of(Twig.Fork f) {
      return new Fork(
          f.relation(),
          f.effect(),
          f.rows(),
          f.shown().stream().map(ApiTwig::of).toList(),
          f.more());
    }
  }

  static ApiTwig of(Twig t) {
    return new ApiTwig(
        t.label(), ApiRecords.at(t.href()), t.forks().stream().map(Fork::of).toList());
  }
}
