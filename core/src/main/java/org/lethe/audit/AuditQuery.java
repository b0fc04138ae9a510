package org.lethe.audit;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit are wanted; null for no limit. Immutable.
 *
 * @param actors who did it, under whatever name; empty for everybody
 * @param action what was done, such as {@code purge}
 * @param object what it was done to
 * @param from not before this
 * @param until before this
 * @param before only entries with a smaller number, to go on where a page ended
 */
public record AuditQuery(
    Set<String> actors,
    @Nullable String action,
    @Nullable String object,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable Long before) {

  public AuditQuery {
    actors = Set.copyOf(actors);
  }

  /** All of them. */
  public static final AuditQuery ALL = new AuditQuery(Set.of(), null, null, null, null, null);

  public AuditQuery by(String... names) {
    return new AuditQuery(Set.of(names), action, object, from, until, before);
  }

  public AuditQuery action(@Nullable String what) {
    return new AuditQuery(actors, what, object, from, until, before);
  }

  public AuditQuery of(@Nullable String which) {
    return new AuditQuery(actors, action, which, from, until, before);
  }

  public AuditQuery between(@Nullable Instant first, @Nullable Instant end) {
    return new AuditQuery(actors, action, object, first, end, before);
  }

  public AuditQuery before(@Nullable Long entry) {
    return new AuditQuery(actors, action, object, from, until, entry);
  }
}
