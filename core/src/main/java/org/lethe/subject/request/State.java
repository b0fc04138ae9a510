package org.lethe.subject.request;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How far a request has come. What may follow on what stands in one table, below. */
public enum State {
  RECEIVED,
  /** It is known that it comes from the person themselves. */
  VERIFIED,
  /** It is known what there is. */
  COLLECTED,
  APPROVED,
  RUNNING,
  COMPLETED,
  /** Done, but for what must be kept for now; it goes on by itself when that ends. */
  COMPLETED_WITH_RETAINED_DATA,
  /** Some of it could not be done, or nobody knows; it can be run again. */
  PARTIALLY_FAILED,
  DENIED,
  WITHDRAWN;

  private static final Map<State, Set<State>> FOLLOWING =
      new EnumMap<>(
          Map.of(
              RECEIVED, EnumSet.of(VERIFIED, DENIED, WITHDRAWN),
              VERIFIED, EnumSet.of(COLLECTED, DENIED, WITHDRAWN),
              COLLECTED, EnumSet.of(COLLECTED, APPROVED, DENIED, WITHDRAWN),
              APPROVED, EnumSet.of(COLLECTED, RUNNING, DENIED, WITHDRAWN),
              RUNNING,
                  EnumSet.of(COMPLETED, COMPLETED_WITH_RETAINED_DATA, PARTIALLY_FAILED, WITHDRAWN),
              COMPLETED_WITH_RETAINED_DATA, EnumSet.of(RUNNING),
              PARTIALLY_FAILED, EnumSet.of(RUNNING),
              COMPLETED, EnumSet.noneOf(State.class),
              DENIED, EnumSet.noneOf(State.class),
              WITHDRAWN, EnumSet.noneOf(State.class)));

  /** Whether a request may go from here to there. */
  public boolean mayBecome(State next) {
    return FOLLOWING.getOrDefault(this, Set.of()).contains(next);
  }

  /** Whether nothing follows any more. */
  public boolean last() {
    return FOLLOWING.getOrDefault(this, Set.of()).isEmpty();
  }

  /** Whether nothing was destroyed yet, and nothing is about to be. */
  public boolean open() {
    return this != RUNNING && mayBecome(WITHDRAWN);
  }

  /** Such as {@code partially failed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static State of(String word) {
    return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst().orElseThrow();
  }
}
