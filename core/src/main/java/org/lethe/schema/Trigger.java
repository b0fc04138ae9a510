package org.lethe.schema;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** How people call it: {@code trigger stamp} or {@code rule divert}. */
  public String title() {
    return (kind == Kind.RULE ? "rule " : "trigger ") + name;
  }

  /**
   * Several, when one of them is to blame: {@code trigger a or rule b}; empty if there are none.
   */
  public static String oneOf(List<Trigger> triggers) {
    return triggers.stream().map(Trigger::title).collect(Collectors.joining(" or "));
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
