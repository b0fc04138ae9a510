package org.lethe.subject.erase;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.ColumnRule;
import org.lethe.policy.Decisions;
import org.lethe.policy.Treatment;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Table;

/** What becomes of the columns of one table's rows that stay. */
final class Columns {

  private Columns() {}

  /**
   * By name: what the policy says, and for personal columns of which it says nothing, what is
   * usual. Keys and references are only touched where the policy says so: rows hang on them.
   */
  static Map<String, Treatment> treated(Decisions decisions, Table table) {
    Set<String> bound = new TreeSet<>(table.identity());
    decisions.graph().outOf(table.id()).stream()
        .filter(ForeignKeyRelation.class::isInstance)
        .forEach(r -> bound.addAll(r.childColumns()));
    decisions.graph().into(table.id()).stream()
        .filter(ForeignKeyRelation.class::isInstance)
        .forEach(r -> bound.addAll(r.parentColumns()));
    Map<String, Treatment> treated = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      ColumnRule rule = decisions.data().column(table.id(), column.name());
      Treatment treatment = rule.erase();
      if (treatment == null && !bound.contains(column.name())) {
        treatment = UsualTreatment.of(column, rule.category());
      }
      if (changes(treatment)) {
        treated.put(column.name(), treatment);
      }
    }
    return treated;
  }

  private static boolean changes(@Nullable Treatment treatment) {
    return treatment != null
        && !(treatment instanceof Treatment.Keep)
        && !(treatment instanceof Treatment.DeleteRow);
  }

  /** Whether no two rows may have the same value there, perhaps together with others. */
  static boolean unique(Table table, String column) {
    return Stream.concat(
            table.keys().stream().map(k -> k.columns()),
            table.indexes().stream().filter(i -> i.unique()).map(i -> i.parts()))
        .flatMap(c -> c.stream())
        .anyMatch(part -> part.equals(column) || part.contains(column));
  }
}
