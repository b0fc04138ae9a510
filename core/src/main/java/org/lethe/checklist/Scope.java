package org.lethe.checklist;

import java.util.List;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Policy;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKeyRelation;
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

  /** Relations with at least one end in the scope. */
  List<ForeignKeyRelation> relations() {
    return catalog.relations().stream()
        .filter(r -> includes(r.child()) || includes(r.parent()))
        .toList();
  }
}
