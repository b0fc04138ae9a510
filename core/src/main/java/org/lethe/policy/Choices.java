package org.lethe.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lethe.schema.Relation;

/**
 * What somebody chose for one removal in place of what the policy says: per relation, what becomes
 * of the rows that refer to what goes. {@link Decisions#with} checks them. Immutable.
 *
 * @param byRelation only {@code cascade}, {@code set_null} and {@code reassign}
 */
public record Choices(Map<Relation, OnDelete> byRelation) {

  /** Nothing was chosen: the policy holds. */
  public static final Choices NONE = new Choices(Map.of());

  public Choices {
    byRelation = Collections.unmodifiableMap(new LinkedHashMap<>(byRelation));
  }

  public boolean isEmpty() {
    return byRelation.isEmpty();
  }
}
