package org.lethe.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;

/** Finds rules that no row could ever follow, such as {@code set_null} on columns NOT NULL. */
final class RuleCheck {

  private final Catalog catalog;
  private final Faults faults;
  private final Policy.Place place;
  private final String path;

  RuleCheck(Catalog catalog, Faults faults, Policy.Place place, String path) {
    this.catalog = catalog;
    this.faults = faults;
    this.place = place;
    this.path = path;
  }

  void check(Relation relation, OnDelete onDelete) {
    if (!onDelete.kind().updates()) {
      return;
    }
    if (relation instanceof Link link && link.jsonPath() != null) {
      fault(
          onDelete.kind().word() + " cannot change a value inside a document",
          "choose cascade, protect, restrict or do_nothing");
      return;
    }
    List<Column> columns = new ArrayList<>();
    Table child = catalog.table(relation.childScan());
    relation.childColumns().forEach(c -> child.column(c).ifPresent(columns::add));
    switch (onDelete.kind()) {
      case SET_NULL -> setNull(relation, columns);
      case SET_DEFAULT -> setDefault(relation, columns);
      default -> setTo(onDelete, columns);
    }
  }

  private void setNull(Relation relation, List<Column> columns) {
    List<Column> all = named(relation, columns);
    boolean every =
        all.size() < columns.size()
            || (relation instanceof ForeignKeyRelation r && r.foreignKey().matchFull());
    List<Column> stubborn = all.stream().filter(c -> !c.nullable()).toList();
    // One null is enough to end a reference, unless the key says otherwise.
    if (every ? !stubborn.isEmpty() : stubborn.size() == all.size()) {
      fault(
          "set_null cannot hold: " + stubborn.get(0).name() + " may not be null",
          "let the column be null, or choose cascade, protect, restrict or { reassign: key }");
      return;
    }
    writable(all.stream().filter(Column::nullable).toList(), "set_null");
  }

  private void setDefault(Relation relation, List<Column> columns) {
    List<Column> all = named(relation, columns);
    for (Column column : all) {
      if (column.defaultExpression() == null && !column.nullable()) {
        fault(
            "set_default cannot hold: " + column.name() + " has no default and may not be null",
            "give the column a default, or choose { set: value }");
        return;
      }
    }
    writable(all, "set_default");
  }

  private void setTo(OnDelete onDelete, List<Column> columns) {
    String word = onDelete.kind().word();
    List<@Nullable String> values = onDelete.values();
    if (values.size() != columns.size()) {
      fault(
          word + ": " + count(values.size(), "value") + " for " + count(columns.size(), "column"),
          columns.size() == 1
              ? "write one value: { " + word + ": value }"
              : "write a list, a value for each of "
                  + String.join(", ", columns.stream().map(Column::name).toList()));
      return;
    }
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String value = values.get(i);
      if (value == null) {
        noValue(onDelete, column);
      } else {
        ValueCheck.fault(column, value)
            .ifPresent(wrong -> fault(wrong, "write a value that the column can hold"));
      }
    }
    writable(columns, word);
  }

  private void noValue(OnDelete onDelete, Column column) {
    if (onDelete.kind() == OnDelete.Kind.REASSIGN) {
      fault("reassign needs the key of a row, not null", "write the key, or choose set_null");
    } else if (!column.nullable()) {
      fault(
          "set: null cannot hold: " + column.name() + " may not be null",
          "write another value, or let the column be null");
    }
  }

  /** Where the database's own rule names some of the columns, only these change. */
  private static List<Column> named(Relation relation, List<Column> columns) {
    if (relation instanceof ForeignKeyRelation r) {
      ForeignKey key = r.foreignKey();
      if (!key.setColumns().isEmpty()) {
        return columns.stream().filter(c -> key.setColumns().contains(c.name())).toList();
      }
    }
    return columns;
  }

  private void writable(List<Column> columns, String word) {
    for (Column column : columns) {
      if (column.generated() || column.identity() == Column.Identity.ALWAYS) {
        fault(
            word + " cannot hold: the database itself computes " + column.name(),
            "choose cascade, protect, restrict or do_nothing");
        return;
      }
    }
  }

  private static String count(int n, String of) {
    return n + " " + of + (n == 1 ? "" : "s");
  }

  private void fault(String message, String fix) {
    faults.add(place, path, message, fix);
  }
}
