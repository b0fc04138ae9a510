package org.lethe.subject.export;

import org.jspecify.annotations.Nullable;

/**
 * A change of the application's own to values as they are handed out, which the policy names in
 * {@code export: { transform: { with: NAME } }}. Found by {@link java.util.ServiceLoader}, or given
 * to the builder. Must be thread-safe, and give the same for the same value.
 */
public interface ExportTransformation {

  /** The name by which the policy asks for it. */
  String name();

  /**
   * What is handed out instead.
   *
   * @param table as people call it
   * @param column as the database spells it
   * @param value as text; numbers and times as JSON writes them
   * @return null to hand out nothing
   */
  @Nullable String apply(String table, String column, String value);
}
