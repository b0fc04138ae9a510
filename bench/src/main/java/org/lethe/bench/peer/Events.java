package org.lethe.bench.peer;

/** What is too old in the table of events: the older half, whatever its size. */
final class Events {

  /** A condition on the table. */
  static final String TOO_OLD = "created_at < '2024-01-01Z'";

  static final String DELETE_ALL = "delete from events where " + TOO_OLD;

  private Events() {}
}
