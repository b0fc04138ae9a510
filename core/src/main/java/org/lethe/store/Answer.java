package org.lethe.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a store says to an erasure. */
public sealed interface Answer {

  /**
   * It is settled.
   *
   * @param items how many things were erased or changed: keys, rows, documents, files
   */
  record Done(Outcome outcome, long items) implements Answer {}

  /**
   * It must be kept.
   *
   * @param until null where the store does not say
   */
  record Retained(String ground, @Nullable Instant until) implements Answer {}

  /**
   * It was taken up and will be done later.
   *
   * @param reference what to ask by, see {@link Store#lookAgain}
   * @param after how long to wait before that
   */
  record Pending(String reference, Duration after) implements Answer {}
}
