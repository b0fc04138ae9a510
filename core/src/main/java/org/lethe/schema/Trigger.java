package org.lethe.schema;

import java.util.Set;

/**
 * A trigger or rewrite rule of the user's own; those that enforce foreign keys are left out.
 *
 * @param function the routine it runs, schema-qualified; for a rewrite rule its definition
 * @param enabled whether it fires in an ordinary session
 */
public record Trigger(
    String name,
    Kind kind,
    Set<Event> events,
    boolean forEachRow,
    String function,
    boolean enabled) {

  public Trigger {
    events = Set.copyOf(events);
  }

  public enum Kind {
    BEFORE,
    AFTER,
    INSTEAD_OF,
    RULE
  }

  public enum Event {
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE
  }
}
