package org.lethe.cli;

/** What the process returns; stable, so that scripts can rely on it. */
final class ExitCode {

  static final int DONE = 0;
  static final int FINDINGS_OR_BLOCKED = 1;
  static final int USAGE_OR_ERROR = 2;
  static final int PLAN_STALE = 3;
  static final int NOT_PERMITTED = 4;

  /** What shells report for a process ended by Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
