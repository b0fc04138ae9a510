package org.lethe.server.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as pages show it: raw data, escaped by the template.
 *
 * @param place where it stands in the order of its list
 * @param sorted its value in the column that the list is sorted by; null for NULL
 * @param key as addresses have it; null where nothing names the row
 * @param href null where nothing names the row
 * @param label its name for people, or its key
 * @param marked whether it is marked as deleted
 */
public record RecordRow(
    List<String> place,
    @Nullable String sorted,
    @Nullable String key,
    @Nullable String href,
    String label,
    boolean marked,
    List<Cell> cells) {

  public RecordRow {
    place = List.copyOf(place);
    cells = List.copyOf(cells);
  }

  RecordRow with(List<Cell> other) {
    return new RecordRow(place, sorted, key, href, label, marked, other);
  }
}
