package org.lethe.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** How long a list may get. */
final class LimitOption {

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "at most so many, default ${DEFAULT-VALUE}")
  private int limit = 50;

  /** What can be said against it without knowing the database. */
  void check() {
    if (limit <= 0 || limit == Integer.MAX_VALUE) {
      throw new UsageException("--limit must be positive and not that large");
    }
  }

  /** How many to ask for, to know whether there are more. */
  int oneMore() {
    return limit + 1;
  }

  /** No more than allowed, and a note where something was left off. */
  <T> List<T> cut(List<T> found, Terminal terminal) {
    if (found.size() <= limit) {
      return found;
    }
    terminal.note("there are more; --limit shows them");
    return found.subList(0, limit);
  }
}
