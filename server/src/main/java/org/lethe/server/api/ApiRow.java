package org.lethe.server.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.server.records.Cell;
import org.lethe.server.records.RecordRow;

/**
 * A row, for programs.
 *
 * @param key as addresses have it; null where nothing names the row that may be shown
 * @param marked whether it is marked as deleted
 * @param values as texts, by column; null for NULL
 * @param hidden columns whose values nobody is shown
 * @param cut columns whose values go on
 * @param references what columns refer to
 */
record ApiRow(
    @Nullable String key,
    String label,
    boolean marked,
    @Schema(description = "by column, as texts; null for NULL")
        Map<String, @Nullable String> values,
    @Schema(description = "columns whose values nobody is shown") List<String> hidden,
    @Schema(description = "columns whose values go on") List<String> cut,
    Map<String, Target> references) {

  /**
   * What a column refers to.
   *
   * @param label how it is called; null where nobody asked
   */
  record Target(String address, @Nullable String label) {}

  static ApiRow of(RecordRow row) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    List<String> hidden = new ArrayList<>();
    List<String> cut = new ArrayList<>();
    Map<String, Target> references = new LinkedHashMap<>();
    for (Cell cell : row.cells()) {
      String column = cell.column().name();
      if (cell.hidden()) {
        hidden.add(column);
        continue;
      }
      values.put(column, cell.text());
      if (cell.cut()) {
        cut.add(column);
      }
      String address = ApiRecords.at(cell.href());
      if (address != null) {
        references.put(column, new Target(address, cell.label()));
      }
    }
    return new ApiRow(
        row.key(),
        row.label(),
        row.marked(),
        Collections.unmodifiableMap(values),
        hidden,
        cut,
        references);
  }
}
