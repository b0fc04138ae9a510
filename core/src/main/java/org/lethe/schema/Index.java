package org.lethe.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A usable index.
 *
 * @param parts column names or, for expressions, their SQL, in index order; included columns left
 *     out
 * @param predicate the condition of a partial index, as SQL
 */
public record Index(
    String name, String method, List<String> parts, boolean unique, @Nullable String predicate) {
  public Index {
    parts = List.copyOf(parts);
  }
}
