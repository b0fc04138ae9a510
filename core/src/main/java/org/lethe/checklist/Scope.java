package org.lethe.checklist;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.checklist.Finding.Place;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Policy;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Names;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** The part of the database that is looked at: the policy's schemas, else all of them. */
record Scope(Policy policy, Catalog catalog) {

  /** For the SQL that findings offer to paste. */
  Dialect dialect() {
    return Dialect.of(catalog);
  }

  boolean includes(TableId table) {
    return policy.schemas().isEmpty() || policy.schemas().contains(table.schema());
  }

  /** Tables as people think of them: without partitions and without tables of other servers. */
  List<Table> tables() {
    return catalog.tables().values().stream()
        .filter(t -> t.kind() == Table.Kind.TABLE || t.kind() == Table.Kind.PARTITIONED)
        .filter(t -> includes(t.id()))
        .toList();
  }

  /** What the policy says of a table; null where it says nothing. */
  Policy.@Nullable TableEntry entry(TableId table) {
    return policy.tables().entrySet().stream()
        .filter(e -> table.equals(find(e.getKey())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** By a name of the policy; null if there is no such table. */
  private @Nullable TableId find(String name) {
    return policy.schemas().stream()
        .filter(s -> !name.contains("."))
        .flatMap(s -> catalog.find(Names.join(s) + "." + name).stream())
        .findFirst()
        .or(() -> catalog.find(name))
        .orElse(null);
  }

  /** The place in the policy's file. */
  @Nullable Place place(Policy.Place place) {
    return place.line() == 0 ? null : new Place(policy.source(), place.line(), place.column());
  }

  /** Relations with at least one end in the scope. */
  List<ForeignKeyRelation> relations() {
    return catalog.relations().stream()
        .filter(r -> includes(r.child()) || includes(r.parent()))
        .toList();
  }
}
