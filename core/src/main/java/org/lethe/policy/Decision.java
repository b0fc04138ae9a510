package org.lethe.policy;

import org.jspecify.annotations.Nullable;
import org.lethe.schema.Relation;

/**
 * What holds for one relation, and who said so.
 *
 * @param owner null where nobody said
 */
public record Decision(
    Relation relation, OnDelete onDelete, @Nullable Ownership owner, Origin origin) {

  public enum Origin {
    POLICY,
    DATABASE,
    NOBODY,
    /** Somebody, for one removal: see {@link Decisions#with}. */
    CHOICE
  }
}
