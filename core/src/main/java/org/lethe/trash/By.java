package org.lethe.trash;

import org.jspecify.annotations.Nullable;

/**
 * Who does something to the trash, and why; both are kept.
 *
 * @param actor a name that will still mean something in a year
 */
public record By(String actor, @Nullable String reason) {

  public By {
    if (actor.isBlank()) {
      throw new IllegalArgumentException("an actor needs a name");
    }
  }
}
