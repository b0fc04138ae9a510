package org.lethe.server.records;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lethe.policy.Decisions;
import org.lethe.policy.LabelTemplate;
import org.lethe.schema.Column;
import org.lethe.schema.Index;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.subject.export.Secrets;

/**
 * A table as the pages show it. Immutable.
 *
 * @param name for people
 * @param key the columns that name a row; empty where nothing does that may be shown
 */
record TableView(
    Table table,
    String name,
    String path,
    LabelTemplate label,
    List<String> key,
    List<ShownColumn> columns) {

  /** Names that addresses of lists use for something else. */
  private static final Set<String> TAKEN =
      Set.of("q", "sort", "after", "limit", "format", "row", "all");

  TableView {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
  }

  static TableView of(Decisions decisions, TableId id) {
    Table table = decisions.catalog().table(id);
    Set<String> indexed = new HashSet<>();
    Set<String> sorted = new HashSet<>();
    for (Index index : table.indexes()) {
      if (index.method().equals("btree") && !index.parts().isEmpty()) {
        String first = index.parts().get(0);
        indexed.add(first);
        if (index.predicate() == null) {
          sorted.add(first);
        }
      }
    }
    table.keys().forEach(k -> sorted.add(k.columns().get(0)));
    Set<String> filtered = new HashSet<>(sorted);
    filtered.addAll(indexed);
    decisions.graph().outOf(id).stream().map(Relation::childColumns).forEach(filtered::addAll);
    // A key that is a secret, such as a session's token, must not get into an address.
    List<String> key =
        table.identity().stream().anyMatch(c -> hidden(decisions, table, c))
            ? List.of()
            : table.identity();
    List<ShownColumn> columns =
        table.columns().stream().map(c -> shown(decisions, id, c, filtered, sorted, key)).toList();
    return new TableView(
        table,
        decisions.catalog().displayName(id),
        RecordAddress.of(decisions.catalog(), id),
        decisions.label(id),
        key,
        columns);
  }

  private static ShownColumn shown(
      Decisions decisions,
      TableId table,
      Column column,
      Set<String> filtered,
      Set<String> sorted,
      List<String> key) {
    boolean hidden = hidden(decisions, decisions.catalog().table(table), column.name());
    boolean choice = column.kind() == Column.TypeKind.ENUM || column.type().equals("boolean");
    boolean comparable =
        !column.type().equals("json")
            && !column.type().equals("xml")
            && column.kind() != Column.TypeKind.COMPOSITE;
    String name = column.name();
    // What is hidden must not be found out by asking for it either.
    return new ShownColumn(
        column,
        hidden,
        !hidden && text(column),
        !hidden && comparable && (choice || filtered.contains(name) || key.contains(name)),
        !hidden && comparable && sorted.contains(name),
        key.contains(name));
  }

  private static boolean hidden(Decisions decisions, Table table, String name) {
    return table
        .column(name)
        .flatMap(c -> Secrets.why(c, decisions.data().column(table.id(), name)))
        .isPresent();
  }

  private static boolean text(Column column) {
    return switch (column.kind()) {
      case BASE ->
          column.type().startsWith("character")
              || column.type().equals("text")
              || column.type().endsWith("citext");
      case DOMAIN -> true;
      default -> false;
    };
  }

  TableId id() {
    return table.id();
  }

  Optional<ShownColumn> column(String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  public boolean keyed() {
    return !key.isEmpty();
  }

  /** The only column of the key. */
  Optional<ShownColumn> onlyKey() {
    return key.size() == 1 ? column(key.get(0)) : Optional.empty();
  }

  List<ShownColumn> searched() {
    return columns.stream().filter(ShownColumn::searched).toList();
  }

  /** The parameter that narrows a list to values of this column. */
  static String parameter(String column) {
    return TAKEN.contains(column) ? "column." + column : column;
  }

  Set<String> parameters() {
    Set<String> names = new LinkedHashSet<>();
    columns.stream().filter(ShownColumn::filtered).forEach(c -> names.add(parameter(c.name())));
    return names;
  }

  Set<String> sortable() {
    Set<String> names = new LinkedHashSet<>();
    columns.stream().filter(ShownColumn::sorted).forEach(c -> names.add(c.name()));
    return names;
  }
}
