package org.lethe.checklist;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.OnDelete;
import org.lethe.policy.Ownership;

/**
 * A suggestion for one relation.
 *
 * @param reason why, in a few words
 * @param others what else is possible here
 * @param owner null where the relation says nothing about a person
 */
record Advice(OnDelete onDelete, String reason, String others, @Nullable Ownership owner) {

  String ownerWord() {
    return owner == null ? "" : owner.name().toLowerCase(Locale.ROOT);
  }
}
