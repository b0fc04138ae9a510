package org.lethe.trash;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Rows that one deletion changed and another one has taken since: they cannot get their old values
 * back while they are in the trash, but their images can, so that they come back with them. For
 * tables with a key; inside a restore's transaction.
 */
final class ImagesElsewhere {

  private final JdbcOperations jdbc;
  private final UUID deletion;
  private final ArchivedTable changed;

  /**
   * @param changed a table whose rows the deletion changed
   */
  ImagesElsewhere(JdbcOperations jdbc, UUID deletion, ArchivedTable changed) {
    this.jdbc = jdbc;
    this.deletion = deletion;
    this.changed = changed;
  }

  /**
   * Keeps the deletions that hold such rows from being restored or purged meanwhile. Called before
   * rows that are there get their values back, so that none slips from the one side to the other.
   */
  void lock() {
    for (UUID holder : holders()) {
      jdbc.query(
          "select 1 from lethe.deletion where deletion_id = ? for update", (rs, n) -> 1, holder);
    }
  }

  /** The deletions in the trash that hold such rows. */
  Set<UUID> holders() {
    Set<UUID> holders = new LinkedHashSet<>();
    each(
        (columns, places) ->
            holders.addAll(
                jdbc.query(
                    matching()
                        + "select distinct o.deletion_id from o join r on %s order by 1"
                            .formatted(same(columns, places)),
                    (rs, n) -> rs.getObject(1, UUID.class),
                    arguments(columns, places))));
    return holders;
  }

  /** Puts the images right. */
  void restore() {
    each(
        (columns, places) -> {
          List<String> assignments = new ArrayList<>();
          for (int i = 0; i < places.size(); i++) {
            assignments.add(
                "image[%d] = (r.was)[%d]".formatted(place(columns, name(places.get(i))), i + 1));
          }
          jdbc.update(
              matching()
                  + "update lethe.archived_row as t set %s from o join r on %s where t.ctid = o.place"
                      .formatted(String.join(", ", assignments), same(columns, places)),
              arguments(columns, places));
        });
  }

  private interface Work {
    /**
     * @param columns of the other deletion's images
     * @param places of the columns that changed, in our images
     */
    void on(List<String> columns, List<Integer> places);
  }

  /** Each shape of the others' images with each combination of columns that changed. */
  private void each(Work work) {
    if (changed.identity().isEmpty()) {
      return;
    }
    List<List<String>> shapes =
        jdbc.query(
            """
            select distinct a.columns
              from lethe.archived_table as a join lethe.deletion as d using (deletion_id)
             where a.table_schema = ? and a.table_name = ? and a.fate = 'removed'
               and d.state = 'in_trash' and deletion_id <> ?
            """,
            (rs, n) -> List.of((String[]) rs.getArray(1).getArray()),
            changed.table().schema(),
            changed.table().name(),
            deletion);
    if (shapes.isEmpty()) {
      return;
    }
    List<List<Integer>> combinations =
        jdbc.query(
            "select distinct changed from lethe.changed_row where deletion_id = ? and position = ?",
            (rs, n) -> Ledger.places(rs.getArray(1)),
            deletion,
            changed.position());
    for (List<String> columns : shapes) {
      for (List<Integer> places : combinations) {
        if (columns.containsAll(changed.identity())
            && places.stream().allMatch(p -> columns.contains(name(p)))) {
          work.on(columns, places);
        }
      }
    }
  }

  private String name(int place) {
    return changed.columns().get(place - 1);
  }

  private static int place(List<String> columns, String name) {
    return columns.indexOf(name) + 1;
  }

  /** Entries {@code r} that still wait for their values, and images {@code o} of the others. */
  private static String matching() {
    return """
        with r as materialized (
          select key, was, now from lethe.changed_row
           where deletion_id = ? and position = ? and changed = ? and now is distinct from was),
        o as materialized (
          select row.ctid as place, row.deletion_id, row.image
            from lethe.archived_table as a
            join lethe.archived_row as row using (deletion_id, position)
            join lethe.deletion as d using (deletion_id)
           where a.table_schema = ? and a.table_name = ? and a.columns = ?::text[]
             and a.fate = 'removed' and d.state = 'in_trash' and deletion_id <> ?)
        """;
  }

  private Object[] arguments(List<String> columns, List<Integer> places) {
    return new Object[] {
      deletion,
      changed.position(),
      places.toArray(Integer[]::new),
      changed.table().schema(),
      changed.table().name(),
      columns.toArray(String[]::new),
      deletion
    };
  }

  /** Whether an image is that of an entry's row, as the deletion left it. */
  private String same(List<String> columns, List<Integer> places) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < changed.identity().size(); i++) {
      conditions.add(
          "(o.image)[%d] = (r.key)[%d]"
              .formatted(place(columns, changed.identity().get(i)), i + 1));
    }
    for (int i = 0; i < places.size(); i++) {
      conditions.add(
          "(o.image)[%d] is not distinct from (r.now)[%d]"
              .formatted(place(columns, name(places.get(i))), i + 1));
    }
    return String.join(" and ", conditions);
  }
}
