package org.lethe.trash;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Finds parents that another deletion has marked. The database would let their children come back,
 * but these would hang on something that people believe is gone.
 */
final class MarkedParents {

  private final Catalog catalog;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final UUID deletion;

  MarkedParents(Catalog catalog, Dialect dialect, JdbcOperations jdbc, UUID deletion) {
    this.catalog = catalog;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.deletion = deletion;
  }

  /** For rows of one table that would come back. */
  List<Conflict> of(StoredTable stored) {
    List<Conflict> found = new ArrayList<>();
    for (ForeignKeyRelation relation : catalog.relations()) {
      boolean ours =
          relation.child().equals(stored.table().id())
              && relation.childScan().equals(relation.child())
              && stored.has(relation.childColumns());
      if (ours) {
        marked(stored, relation).forEach(found::add);
      }
    }
    return found;
  }

  private List<Conflict> marked(StoredTable stored, ForeignKeyRelation relation) {
    Table parent = catalog.table(relation.parentScan());
    Set<UUID> deletions = new LinkedHashSet<>();
    long[] rows = new long[1];
    for (List<String> identity : identities(relation.parent())) {
      if (identity.stream().allMatch(c -> parent.column(c).isPresent())) {
        jdbc.query(
            query(stored, relation, parent, identity),
            rs -> {
              deletions.add(rs.getObject(1, UUID.class));
              rows[0] += rs.getLong(2);
            },
            relation.parent().schema(),
            relation.parent().name(),
            identity.toArray(String[]::new),
            deletion,
            deletion,
            stored.archived().position());
      }
    }
    return deletions.isEmpty()
        ? List.of()
        : List.of(
            Conflict.parentInTrash(
                relation.name(),
                rows[0],
                catalog.displayName(relation.parent()),
                List.copyOf(deletions)));
  }

  private String query(
      StoredTable stored, ForeignKeyRelation relation, Table parent, List<String> identity) {
    List<Column> key = identity.stream().map(c -> parent.column(c).orElseThrow()).toList();
    List<String> refers = new ArrayList<>();
    for (int i = 0; i < relation.childColumns().size(); i++) {
      Column target = parent.column(relation.parentColumns().get(i)).orElseThrow();
      String child = relation.childColumns().get(i);
      refers.add(
          "p.%s = %s"
              .formatted(
                  dialect.quote(target.name()),
                  stored.archived().marked()
                      ? "c." + dialect.quote(child)
                      : dialect.fromText(stored.text("r.image", child), target)));
    }
    return """
        -- Picked first, as texts of other tables may not be values of these columns.
        with q as materialized (
          select row.deletion_id, row.key
            from lethe.archived_table as a
            join lethe.changed_row as row using (deletion_id, position)
            join lethe.deletion as d using (deletion_id)
           where a.table_schema = ? and a.table_name = ? and a.identity = ?::text[]
             and a.fate = 'marked' and d.state = 'in_trash' and deletion_id <> ?)
        select q.deletion_id, count(*)
          from lethe.%s as r%s
          join %s as p on %s
          join q on %s
         where r.deletion_id = ? and r.position = ?
         group by q.deletion_id order by q.deletion_id
        """
        .formatted(
            stored.archived().marked() ? "changed_row" : "archived_row",
            stored.archived().marked()
                ? " join %s as c on %s".formatted(stored.rows(), stored.namedBy("c", "r.key"))
                : "",
            dialect.ownRows(parent),
            String.join(" and ", refers),
            RowImage.isNamedBy(dialect, key, "q.key", "p"));
  }

  /** The keys by which other deletions name marked rows of a table; nearly always one. */
  private List<List<String>> identities(TableId table) {
    return jdbc.query(
        """
        select distinct a.identity
          from lethe.archived_table as a join lethe.deletion as d using (deletion_id)
         where a.table_schema = ? and a.table_name = ? and a.fate = 'marked'
           and d.state = 'in_trash' and deletion_id <> ?
        """,
        (rs, n) -> List.of((String[]) rs.getArray(1).getArray()),
        table.schema(),
        table.name(),
        deletion);
  }
}
