package org.lethe.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A relation that no foreign key declares, as the policy states it. Values are compared by equality
 * after {@code normaliser}; nulls never match.
 *
 * @param conditions columns of the child that must equal a constant, such as {@code object_type} to
 *     {@code customer} for a polymorphic pair; empty otherwise
 * @param jsonPath where in the child's (JSON) column the value stands, such as {@code
 *     $.customer.id}; null when the column itself holds it
 */
public record Link(
    String name,
    TableId child,
    List<String> childColumns,
    TableId parent,
    List<String> parentColumns,
    Map<String, String> conditions,
    Normaliser normaliser,
    @Nullable String jsonPath)
    implements Relation {

  public Link {
    childColumns = List.copyOf(childColumns);
    parentColumns = List.copyOf(parentColumns);
    conditions = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(conditions));
  }

  @Override
  public TableId childScan() {
    return child;
  }

  @Override
  public TableId parentScan() {
    return parent;
  }

  /** How both sides are brought to one form before they are compared. */
  public enum Normaliser {
    /** As stored; sides of different types are compared as text. */
    NONE,
    /** Lower case. */
    LOWER,
    /** Without blanks at either end. */
    TRIM,
    /** Lower case, without blanks at either end: for e-mail addresses. */
    LOWER_TRIM,
    /** Digits only: for telephone numbers. */
    DIGITS
  }
}
