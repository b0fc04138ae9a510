package org.lethe.trash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Key;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/** Finds all that a restore would meet, before it is tried. A few statements per table. */
final class Conflicts {

  private final Catalog catalog;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final UUID deletion;
  private final Map<TableId, StoredTable> removed = new LinkedHashMap<>();
  private final List<Conflict> found = new ArrayList<>();

  Conflicts(Catalog catalog, Dialect dialect, JdbcOperations jdbc, UUID deletion) {
    this.catalog = catalog;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.deletion = deletion;
  }

  /** All of it. */
  List<Conflict> find(List<ArchivedTable> tables) {
    unrefused(tables);
    removed.values().forEach(this::keys);
    removed.values().forEach(this::otherIndexes);
    removed.values().forEach(this::parents);
    return found;
  }

  /** Only what the database itself would let pass. */
  List<Conflict> unrefused(List<ArchivedTable> tables) {
    List<StoredTable> changed = new ArrayList<>();
    for (ArchivedTable archived : tables) {
      Table now = catalog.tables().get(archived.table());
      if (now == null) {
        gone(archived);
      } else if (archived.removed()) {
        removed.put(archived.table(), new StoredTable(dialect, archived, now));
      } else {
        changed.add(new StoredTable(dialect, archived, now));
      }
    }
    removed.values().forEach(this::columns);
    changed.forEach(this::changedSince);
    List<StoredTable> back = new ArrayList<>(removed.values());
    changed.stream().filter(s -> s.archived().marked()).forEach(back::add);
    back.forEach(s -> found.addAll(new MarkedParents(catalog, dialect, jdbc, deletion).of(s)));
    return found;
  }

  private void gone(ArchivedTable archived) {
    long rows = archived.removed() ? archivedRows(archived, "true") : 0;
    String name = catalog.displayName(archived.table());
    add(
        archived.removed() ? Conflict.Kind.TABLE_GONE : Conflict.Kind.CHANGED_SINCE,
        name,
        rows,
        "the table %s is no more; its rows have nowhere to go".formatted(name));
  }

  private void columns(StoredTable stored) {
    ArchivedTable archived = stored.archived();
    for (String column : archived.columns()) {
      if (stored.table().column(column).isEmpty()) {
        long rows = archivedRows(archived, stored.text("r.image", column) + " is not null");
        if (rows > 0) {
          String name = catalog.displayName(archived.table(), List.of(column));
          add(
              Conflict.Kind.COLUMN_DROPPED,
              name,
              rows,
              "the column %s is no more, and %s held a value in it; add it again, restore, then drop it"
                  .formatted(name, rows(rows)));
        }
      }
    }
    for (Column column : stored.table().columns()) {
      if (archived.place(column.name()) == 0 && !column.generated()) {
        added(stored, column);
      }
    }
  }

  private void added(StoredTable stored, Column column) {
    ArchivedTable archived = stored.archived();
    String name = catalog.displayName(archived.table(), List.of(column.name()));
    boolean filled =
        column.nullable()
            || column.defaultExpression() != null
            || column.identity() != Column.Identity.NONE;
    long rows = archivedRows(archived, "true");
    add(
        filled ? Conflict.Kind.COLUMN_ADDED : Conflict.Kind.COLUMN_REQUIRED,
        name,
        rows,
        filled
            ? "the column %s is new; what comes back gets its default".formatted(name)
            : "the column %s is new, must have a value and has no default; give it one"
                .formatted(name));
  }

  private void keys(StoredTable stored) {
    for (Key key : stored.table().keys()) {
      if (!stored.has(key.columns())) {
        continue;
      }
      long rows =
          archivedRows(
              stored.archived(),
              "exists (select 1 from %s as c where %s)"
                  .formatted(stored.rows(), stored.equal("c", key.columns(), "r.image")));
      if (rows > 0) {
        String name = catalog.displayName(stored.table().id(), key.columns());
        add(
            Conflict.Kind.VALUE_TAKEN,
            name,
            rows,
            "another row has the value of %s by now, for %s; change or remove that row first"
                .formatted(name, rows(rows)));
      }
    }
  }

  private void otherIndexes(StoredTable stored) {
    for (UniqueIndexes.Taken taken : new UniqueIndexes(dialect, jdbc, deletion).taken(stored)) {
      String name = catalog.displayName(stored.table().id(), List.of(taken.index()));
      add(
          Conflict.Kind.VALUE_TAKEN,
          name,
          taken.rows(),
          "another row has by now what the index %s allows only once, for %s; change or remove that row first"
              .formatted(name, rows(taken.rows())));
    }
  }

  private void parents(StoredTable stored) {
    for (ForeignKeyRelation relation : catalog.relations()) {
      boolean checked =
          relation.foreignKey().enforced()
              && relation.childScan().equals(stored.table().id())
              && stored.has(relation.childColumns());
      if (checked) {
        parents(stored, relation);
      }
    }
  }

  private void parents(StoredTable stored, ForeignKeyRelation relation) {
    String orphaned = orphaned(stored, relation);
    long rows = archivedRows(stored.archived(), orphaned);
    if (rows == 0) {
      return;
    }
    String parent = catalog.displayName(relation.parent());
    List<UUID> elsewhere = inTrash(stored, relation, orphaned);
    if (elsewhere.isEmpty()) {
      String refer = rows == 1 ? "1 row refers" : rows + " rows refer";
      add(
          Conflict.Kind.PARENT_GONE,
          relation.name(),
          rows,
          "%s to rows of %s that are no more; create these first".formatted(refer, parent));
    } else {
      found.add(Conflict.parentInTrash(relation.name(), rows, parent, elsewhere));
    }
  }

  /** Archived rows that refer to a row which neither is there nor comes back with them. */
  private String orphaned(StoredTable stored, ForeignKeyRelation relation) {
    Table parent = catalog.table(relation.parentScan());
    List<String> conditions = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (int i = 0; i < relation.childColumns().size(); i++) {
      String text = stored.text("r.image", relation.childColumns().get(i));
      Column target = parent.column(relation.parentColumns().get(i)).orElseThrow();
      conditions.add(text + " is not null");
      same.add("p.%s = %s".formatted(dialect.quote(target.name()), dialect.fromText(text, target)));
    }
    conditions.add(
        "not exists (select 1 from %s as p where %s)"
            .formatted(dialect.ownRows(parent), String.join(" and ", same)));
    StoredTable together = removed.get(relation.parent());
    if (together != null && together.has(relation.parentColumns())) {
      conditions.add(
          "not exists (select 1 from lethe.archived_row as q where q.deletion_id = r.deletion_id and q.position = %d and %s)"
              .formatted(
                  together.archived().position(),
                  sameInArchive(stored, relation, parent, "q.image", together.archived())));
    }
    return String.join(" and ", conditions);
  }

  private String sameInArchive(
      StoredTable stored,
      ForeignKeyRelation relation,
      Table parent,
      String image,
      ArchivedTable archived) {
    List<String> same = new ArrayList<>();
    for (int i = 0; i < relation.childColumns().size(); i++) {
      Column target = parent.column(relation.parentColumns().get(i)).orElseThrow();
      same.add(
          "%s = %s"
              .formatted(
                  dialect.fromText(
                      "(%s)[%d]".formatted(image, archived.place(target.name())), target),
                  dialect.fromText(
                      stored.text("r.image", relation.childColumns().get(i)), target)));
    }
    return String.join(" and ", same);
  }

  /** Other deletions that took the missing parents. */
  private List<UUID> inTrash(StoredTable stored, ForeignKeyRelation relation, String orphaned) {
    Table parent = catalog.table(relation.parentScan());
    List<UUID> holders = new ArrayList<>();
    for (ArchivedTable other : othersOf(relation.parent())) {
      if (!relation.parentColumns().stream().allMatch(c -> other.place(c) > 0)) {
        continue;
      }
      List<UUID> ids =
          jdbc.query(
              """
              -- Picked first, as texts of other tables may not be values of these columns.
              with q as materialized (
                select row.deletion_id, row.image
                  from lethe.archived_table as a
                  join lethe.archived_row as row using (deletion_id, position)
                  join lethe.deletion as d using (deletion_id)
                 where a.table_schema = ? and a.table_name = ? and a.columns = ?::text[]
                   and a.fate = 'removed' and d.state = 'in_trash' and deletion_id <> ?)
              select distinct q.deletion_id
                from lethe.archived_row as r join q on %s
               where r.deletion_id = ? and r.position = ? and %s
              """
                  .formatted(sameInArchive(stored, relation, parent, "q.image", other), orphaned),
              (rs, n) -> rs.getObject(1, UUID.class),
              other.table().schema(),
              other.table().name(),
              other.columns().toArray(String[]::new),
              deletion,
              deletion,
              stored.archived().position());
      ids.stream().filter(i -> !holders.contains(i)).forEach(holders::add);
    }
    return holders;
  }

  /** The shapes in which other deletions hold rows of a table. */
  private List<ArchivedTable> othersOf(TableId table) {
    return jdbc.query(
        """
        select distinct columns from lethe.archived_table
         where table_schema = ? and table_name = ? and fate = 'removed' and deletion_id <> ?
        """,
        (rs, n) ->
            new ArchivedTable(
                0,
                table,
                List.of((String[]) rs.getArray(1).getArray()),
                List.of(),
                ArchivedTable.Fate.REMOVED,
                List.of()),
        table.schema(),
        table.name(),
        deletion);
  }

  private void changedSince(StoredTable stored) {
    long rows =
        stored.archived().identity().isEmpty()
            ? changedRows(stored, "true")
                - new KeylessRestore(dialect, jdbc, deletion, stored).found()
            : changedRows(
                stored,
                "not exists (select 1 from %s as c where %s)"
                    .formatted(stored.rows(), ChangedRows.unchanged(stored)));
    if (rows > 0) {
      String name = catalog.displayName(stored.table().id());
      add(
          Conflict.Kind.CHANGED_SINCE,
          name,
          rows,
          (stored.archived().marked()
                  ? "%s of %s %s no longer marked as this deletion did, or gone, and %s left alone"
                      .formatted(
                          rows(rows), name, rows == 1 ? "is" : "are", rows == 1 ? "is" : "are")
                  : "%s of %s that lost a reference %s changed again or gone since, and %s left alone"
                      .formatted(
                          rows(rows), name, rows == 1 ? "was" : "were", rows == 1 ? "is" : "are"))
              + inTrashToo(stored));
    }
  }

  private String inTrashToo(StoredTable stored) {
    return new ImagesElsewhere(jdbc, deletion, stored.archived()).holders().isEmpty()
        ? ""
        : "; those that are in the trash themselves will come back from there as they were";
  }

  private long archivedRows(ArchivedTable archived, String condition) {
    Long rows =
        jdbc.queryForObject(
            "select count(*) from lethe.archived_row as r where r.deletion_id = ? and r.position = ? and "
                + condition,
            Long.class,
            deletion,
            archived.position());
    return rows == null ? 0 : rows;
  }

  private long changedRows(StoredTable stored, String condition) {
    Long rows =
        jdbc.queryForObject(
            "select count(*) from lethe.changed_row as r where r.deletion_id = ? and r.position = ? and "
                + condition,
            Long.class,
            deletion,
            stored.archived().position());
    return rows == null ? 0 : rows;
  }

  private static String rows(long n) {
    return n == 1 ? "1 row" : n + " rows";
  }

  private void add(Conflict.Kind kind, String subject, long rows, String message) {
    found.add(new Conflict(kind, subject, rows, message, List.of()));
  }
}
