package org.lethe.subject.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.personal.PersonalData;
import org.lethe.personal.ValueShape;
import org.lethe.policy.Category;
import org.lethe.policy.ColumnRule;
import org.lethe.policy.DataRules;
import org.lethe.policy.ExportRule;
import org.lethe.policy.Portable;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/**
 * A column that is handed out.
 *
 * @param aboutSomebody whether, in a row of several people, it may say who one of them is
 */
record Shown(Column column, ExportRule rule, boolean aboutSomebody) {

  /** As it is handed out. */
  String name() {
    return rule.rename() == null ? column.name() : rule.rename();
  }

  boolean file() {
    return column.type().equals("bytea");
  }

  boolean document() {
    return column.type().equals("json") || column.type().equals("jsonb");
  }

  /** Whether the value is changed on its way out, apart from being looked up. */
  boolean changed() {
    return rule.with() != null || rule.format() != null || rule.mask() != null;
  }

  /**
   * The columns of a table.
   *
   * @param shown in the table's order
   * @param leftOut why others are not, by name
   */
  record Columns(List<Shown> shown, Map<String, String> leftOut) {}

  /**
   * Chooses them.
   *
   * @param portable whether only what the person gave, or what was seen of them, is wanted
   */
  static Columns of(Table table, DataRules data, boolean portable) {
    List<Shown> shown = new ArrayList<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      ColumnRule said = data.column(table.id(), column.name());
      Optional<String> why = Secrets.why(column, said);
      if (why.isEmpty() && column.generated() && column.type().equals("tsvector")) {
        why = Optional.of("an index of other columns");
      }
      if (why.isEmpty() && portable) {
        why = notPortable(table, column, said, data);
      }
      if (why.isPresent()) {
        leftOut.put(column.name(), why.get());
      } else {
        shown.add(
            new Shown(
                column,
                Objects.requireNonNullElse(said.export(), ExportRule.YES),
                aboutSomebody(column, said)));
      }
    }
    boolean onlyKeys = shown.stream().allMatch(s -> table.identity().contains(s.column().name()));
    return portable && onlyKeys ? new Columns(List.of(), leftOut) : new Columns(shown, leftOut);
  }

  private static Optional<String> notPortable(
      Table table, Column column, ColumnRule said, DataRules data) {
    Portable origin = said.portable() != null ? said.portable() : data.table(table.id()).portable();
    if (origin == Portable.PROVIDED || origin == Portable.OBSERVED) {
      return Optional.empty();
    }
    // Rows could not be told apart without their keys.
    return table.identity().contains(column.name())
        ? Optional.empty()
        : Optional.of(origin == null ? "nobody said where it is from" : "made from other data");
  }

  /** What people write is not about who they are: it belongs to all who share the row. */
  private static boolean aboutSomebody(Column column, ColumnRule said) {
    @Nullable Category category = said.category();
    if (category != null) {
      return category != Category.NONE
          && category != Category.CONTENT
          && category != Category.BEHAVIOUR;
    }
    return PersonalData.guess(column, false, ValueShape.UNKNOWN).isPresent();
  }
}
