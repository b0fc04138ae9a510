package org.lethe.server.removal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the tree of what hangs on it.
 *
 * @param href the row's page; null where it may not be seen
 * @param why where it is told why the row is here; null for nowhere
 */
public record Twig(String label, @Nullable String href, @Nullable String why, List<Fork> forks) {

  /**
   * Rows that hang on one by a relation.
   *
   * @param more rows that are not shown
   */
  public record Fork(
      String relation, String effect, String sort, long rows, List<Twig> shown, long more) {}
}
