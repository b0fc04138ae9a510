package org.lethe.checklist;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.lethe.personal.ValueShape;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * Looks at a few values of each text column, and tells their shape only: the values themselves
 * never leave it.
 */
@FunctionalInterface
public interface Sampler {

  /** Looks at nothing. */
  Sampler NONE = table -> Map.of();

  /** Column name to shape; columns that were not looked at may be missing. */
  Map<String, ValueShape> shapes(Table table);

  /** The fields of documents in the table's JSON columns. */
  default List<Field> fields(Table table) {
    return List.of();
  }

  /**
   * The text columns of {@code others} whose values are, in part, values of {@code known} too,
   * without regard to case and blanks around.
   */
  default List<Overlap> overlaps(Table table, Column known, Collection<Table> others) {
    return List.of();
  }

  /**
   * A field of documents.
   *
   * @param column the column of documents
   * @param path such as {@code $.customer.phone}; {@code [*]} for items of arrays, {@code .*} for
   *     keys that are values themselves
   * @param name of the field, as the path's last key
   */
  record Field(String column, String path, String name, ValueShape shape) {}

  /**
   * Values that two columns have in common.
   *
   * @param sampled how many different values of the column were looked for
   * @param found how many of them are there
   */
  record Overlap(TableId table, String column, int sampled, int found) {}
}
