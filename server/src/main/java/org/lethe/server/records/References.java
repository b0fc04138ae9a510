package org.lethe.server.records;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Action;
import org.lethe.policy.Decisions;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;
import org.lethe.server.list.ListQuery;
import org.lethe.server.security.Me;

/** Where the values of a table's rows lead: to the rows that they refer to, as far as one may. */
final class References {

  private final Decisions decisions;
  private final List<Relation> relations;

  References(Decisions decisions, Me me, TableId table) {
    this.decisions = decisions;
    this.relations =
        decisions.graph().outOf(table).stream()
            .filter(References::asStored)
            .filter(r -> me.may(Action.VIEW, r.parent()))
            .toList();
  }

  /** A link that compares something else than what is stored leads to no address. */
  private static boolean asStored(Relation relation) {
    return !(relation instanceof Link link)
        || (link.normaliser() == Link.Normaliser.NONE && link.jsonPath() == null);
  }

  /** A row that is referred to. */
  record Target(TableId table, List<String> key) {}

  /** The row that a value of a column names; empty where it names none alone, or is not whole. */
  Optional<Target> target(String column, Map<String, String> values) {
    return relations.stream()
        .filter(r -> last(r).equals(column) && applies(r, values))
        .flatMap(r -> key(r, values).map(k -> new Target(r.parent(), k)).stream())
        .findFirst();
  }

  /** Cells with addresses of what they refer to. */
  List<Cell> linked(List<Cell> cells) {
    Map<String, String> values = RowReader.whole(cells);
    List<Cell> linked = new ArrayList<>();
    for (Cell cell : cells) {
      String column = cell.column().name();
      Optional<String> address =
          values.containsKey(column)
              ? target(column, values)
                  .map(t -> RecordAddress.of(decisions.catalog(), t.table(), t.key()))
                  .or(() -> list(column, values))
              : Optional.empty();
      linked.add(address.map(cell::leadingTo).orElse(cell));
    }
    return linked;
  }

  /** Where not the key is referred to: the list of those that have this value. */
  private Optional<String> list(String column, Map<String, String> values) {
    return relations.stream()
        .filter(r -> r.childColumns().equals(List.of(column)) && applies(r, values))
        .flatMap(
            r -> {
              TableView parent = TableView.of(decisions, r.parent());
              return Stream.of(r.parentColumns().get(0))
                  .flatMap(c -> parent.column(c).stream())
                  .filter(ShownColumn::filtered)
                  .map(c -> only(parent, Map.of(c.name(), value(values, column))));
            })
        .findFirst();
  }

  /** The address of a table's rows that have these values. */
  static String only(TableView view, Map<String, String> values) {
    Map<String, String> filters = new HashMap<>();
    values.forEach((column, value) -> filters.put(TableView.parameter(column), value));
    return new ListQuery(view.path(), "", filters, null, false, null).address();
  }

  private static boolean applies(Relation relation, Map<String, String> values) {
    return !(relation instanceof Link link)
        || link.conditions().entrySet().stream()
            .allMatch(c -> c.getValue().equals(values.get(c.getKey())));
  }

  private static String last(Relation relation) {
    return relation.childColumns().get(relation.childColumns().size() - 1);
  }

  private Optional<List<String>> key(Relation relation, Map<String, String> values) {
    List<@Nullable String> key = new ArrayList<>();
    for (String column : TableView.of(decisions, relation.parent()).key()) {
      int at = relation.parentColumns().indexOf(column);
      key.add(at < 0 ? null : values.get(relation.childColumns().get(at)));
    }
    boolean whole = !key.isEmpty() && key.stream().allMatch(Objects::nonNull);
    return whole
        ? Optional.of(key.stream().map(Objects::requireNonNull).toList())
        : Optional.empty();
  }

  private static String value(Map<String, String> values, String column) {
    return Objects.requireNonNull(values.get(column));
  }
}
