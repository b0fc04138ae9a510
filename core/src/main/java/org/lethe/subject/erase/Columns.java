package org.lethe.subject.erase;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.ColumnRule;
import org.lethe.policy.Decisions;
import org.lethe.policy.Treatment;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Table;
import org.springframework.jdbc.core.JdbcOperations;

/** What becomes of the columns of one table's rows that stay. */
final class Columns {

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;

  Columns(Decisions decisions, Dialect dialect, JdbcOperations jdbc) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
  }

  /**
   * By name: what the policy says, and for personal columns of which it says nothing, what is
   * usual. Keys and references are only touched where the policy says so: rows hang on them.
   */
  Map<String, Treatment> treated(Table table) {
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
        treatment = UsualTreatment.of(plain(column), rule.category());
      }
      if (changes(treatment)) {
        treated.put(column.name(), treatment);
      }
    }
    return treated;
  }

  /** The same column as if it were of the type that its domain is made of. */
  private Column plain(Column column) {
    if (column.kind() != Column.TypeKind.DOMAIN) {
      return column;
    }
    String type = jdbc.queryForObject(dialect.baseTypeOfDomain(), String.class, column.type());
    return new Column(
        column.name(),
        String.valueOf(type),
        String.valueOf(type).endsWith("[]") ? Column.TypeKind.ARRAY : Column.TypeKind.BASE,
        column.nullable(),
        column.generated(),
        column.identity(),
        column.defaultExpression(),
        column.comment());
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
