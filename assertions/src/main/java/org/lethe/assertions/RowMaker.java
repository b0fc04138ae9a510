package org.lethe.assertions;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.FlagColumns;
import org.lethe.policy.Ownership;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Index;
import org.lethe.schema.Key;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Puts rows into tables. What nobody wants to be something particular is as in a row that is there
 * already, since that one passes the database's checks; what must be unique is new; what has to
 * refer to something refers to what others' rows refer to, or to a row made for it. Inside one
 * transaction.
 */
final class RowMaker {

  private final Decisions decisions;
  private final Dialect dialect;
  private final Rows rows;
  private final Fresh fresh;
  private final References references;
  private final Map<TableId, Map<String, String>> overrides;
  private final Map<TableId, Map<String, @Nullable String>> templates = new HashMap<>();
  private final Set<TableId> underWay = new HashSet<>();
  private final List<Made> made = new ArrayList<>();

  /**
   * @param overrides values that the caller wants in columns, by table
   */
  RowMaker(
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      Types types,
      Map<TableId, Map<String, String>> overrides) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.rows = new Rows(dialect, jdbc);
    this.fresh = new Fresh(dialect, jdbc, types);
    this.references = new References(decisions);
    this.overrides = overrides;
  }

  /** All rows so far, in the order in which they came in. */
  List<Made> made() {
    return List.copyOf(made);
  }

  /** Whether the caller wants a value of their own there. */
  boolean overridden(Table table, Column column) {
    return overrides.getOrDefault(table.id(), Map.of()).containsKey(column.name());
  }

  /** A row that was there before; empty where there is none. */
  Map<String, @Nullable String> template(Table table) {
    return templates.computeIfAbsent(table.id(), id -> live(table, rows.newest(table)));
  }

  /** As it would be if it were not marked as deleted. */
  private Map<String, @Nullable String> live(Table table, Map<String, @Nullable String> row) {
    FlagColumns flag = decisions.trash(table.id()).flag();
    if (flag != null && !row.isEmpty()) {
      flag.all().forEach(c -> row.put(c.name(), c.equals(flag.deleted()) ? "false" : null));
    }
    return row;
  }

  /** Makes a row with these values and, elsewhere, whatever will do. */
  Made make(Table table, Map<String, @Nullable String> wanted) {
    if (!underWay.add(table.id())) {
      throw new AssertionError(
          "no row can be made in %s, since it needs one that needs it; put one in before, or give its references values with .value(...)"
              .formatted(name(table)));
    }
    try {
      return insert(table, complete(table, wanted));
    } finally {
      underWay.remove(table.id());
    }
  }

  private Map<String, @Nullable String> complete(
      Table table, Map<String, @Nullable String> wanted) {
    Map<String, @Nullable String> template = template(table);
    Map<String, @Nullable String> row = new LinkedHashMap<>(wanted);
    row.putAll(overrides.getOrDefault(table.id(), Map.of()));
    Set<String> settled = new HashSet<>(row.keySet());
    refer(table, row, settled, template);
    for (Column column : table.columns()) {
      if (row.containsKey(column.name()) || column.generated() || filledByItself(column)) {
        continue;
      }
      if (template.containsKey(column.name())) {
        row.put(column.name(), template.get(column.name()));
      } else if (!column.nullable() && column.defaultExpression() == null) {
        row.put(column.name(), fresh.first(table, column));
      }
    }
    Stream.concat(
            table.keys().stream()
                .sorted(Comparator.comparing(key -> !key.primary()))
                .map(Key::columns),
            table.indexes().stream().filter(Index::unique).map(index -> columns(table, index)))
        .forEach(columns -> makeUnique(table, columns, row, settled));
    return row;
  }

  private static boolean filledByItself(Column column) {
    String usual = column.defaultExpression();
    return column.identity() != Column.Identity.NONE
        || (usual != null && usual.contains("nextval("));
  }

  /** References that no template answers, or that it answers for another row. */
  private void refer(
      Table table,
      Map<String, @Nullable String> row,
      Set<String> settled,
      Map<String, @Nullable String> template) {
    for (ForeignKeyRelation reference : references.of(table.id())) {
      List<String> columns = reference.childColumns();
      boolean open = columns.stream().anyMatch(c -> !row.containsKey(c));
      boolean mixed =
          columns.stream()
              .anyMatch(c -> settled.contains(c) || filledByItself(table.column(c).orElseThrow()));
      boolean optional =
          columns.stream()
              .filter(c -> !row.containsKey(c))
              .anyMatch(c -> table.column(c).orElseThrow().nullable());
      if (!open || (!mixed && !template.isEmpty())) {
        continue;
      }
      if (optional) {
        columns.stream()
            .filter(c -> !row.containsKey(c) && table.column(c).orElseThrow().nullable())
            .forEach(c -> row.put(c, null));
      } else {
        Map<String, @Nullable String> parent = parent(reference, row);
        for (int i = 0; i < columns.size(); i++) {
          row.putIfAbsent(columns.get(i), parent.get(reference.parentColumns().get(i)));
        }
      }
    }
  }

  /** A row to refer to: one of those there, otherwise a new one. */
  private Map<String, @Nullable String> parent(
      ForeignKeyRelation reference, Map<String, @Nullable String> row) {
    Table parent = decisions.catalog().table(reference.parent());
    Map<String, @Nullable String> fixed = new LinkedHashMap<>();
    for (int i = 0; i < reference.childColumns().size(); i++) {
      String value = row.get(reference.childColumns().get(i));
      if (value != null) {
        fixed.put(reference.parentColumns().get(i), value);
      }
    }
    // Not the canary's own, where that would make the row theirs in one more way.
    List<List<@Nullable String>> ours =
        decisions.ownership(reference) == Ownership.MENTIONED
            ? List.of()
            : made.stream()
                .filter(m -> m.table().id().equals(parent.id()))
                .map(m -> key(parent, m.values()))
                .toList();
    return rows.some(parent, fixed, ours.size() + 1).stream()
        .filter(there -> !ours.contains(key(parent, there)))
        .findFirst()
        .orElseGet(() -> make(parent, fixed).values());
  }

  private static List<@Nullable String> key(Table table, Map<String, @Nullable String> row) {
    List<@Nullable String> key = new ArrayList<>();
    table.identity().forEach(c -> key.add(row.get(c)));
    return key;
  }

  /** The columns of an index, those that its expressions name included. */
  private static List<String> columns(Table table, Index index) {
    return table.columns().stream()
        .map(Column::name)
        .filter(
            c ->
                index.parts().stream()
                    .anyMatch(
                        part ->
                            part.equals(c)
                                || part.matches("(?s).*\\b" + Pattern.quote(c) + "\\b.*")))
        .toList();
  }

  /** Changes as little as will do: nothing, a value, or what the row refers to. */
  private void makeUnique(
      Table table, List<String> key, Map<String, @Nullable String> row, Set<String> settled) {
    boolean already =
        key.stream()
            .anyMatch(c -> settled.contains(c) || !row.containsKey(c) || row.get(c) == null);
    if (already) {
      return;
    }
    Set<String> bound = references.bound(table.id());
    for (String name : key) {
      Column column = table.column(name).orElseThrow();
      String value = bound.contains(name) ? null : fresh.unique(table, column);
      if (value != null) {
        row.put(name, value);
        settled.add(name);
        return;
      }
    }
    for (ForeignKeyRelation reference : references.of(table.id())) {
      if (key.containsAll(reference.childColumns())) {
        Map<String, @Nullable String> parent =
            make(decisions.catalog().table(reference.parent()), Map.of()).values();
        for (int i = 0; i < reference.childColumns().size(); i++) {
          row.put(reference.childColumns().get(i), parent.get(reference.parentColumns().get(i)));
          settled.add(reference.childColumns().get(i));
        }
        return;
      }
    }
  }

  private Made insert(Table table, Map<String, @Nullable String> row) {
    try {
      Made done = rows.insert(table, row);
      made.add(done);
      return done;
    } catch (DataAccessException e) {
      // Without the cause, which quotes values of the rows that are there.
      SQLException said = Dialect.sqlException(e);
      String message = said == null ? e.getClass().getSimpleName() : dialect.describe(said);
      throw new AssertionError(
          "the database refuses the canary's row of %s: %s; give the column a value that fits: .value(\"%s.%s\", \"...\"), where {canary} in the value stands for what is looked for"
              .formatted(name(table), message, name(table), rows.columnOf(table, message)));
    }
  }

  private String name(Table table) {
    return decisions.catalog().displayName(table.id());
  }
}
