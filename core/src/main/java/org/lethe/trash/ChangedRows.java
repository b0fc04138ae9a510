package org.lethe.trash;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Column;
import org.lethe.schema.Trigger;
import org.springframework.jdbc.core.JdbcOperations;

/** Gives rows that stayed their old values back, unless somebody has changed them since. */
final class ChangedRows {

  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final UUID deletion;

  ChangedRows(Dialect dialect, JdbcOperations jdbc, UUID deletion) {
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.deletion = deletion;
  }

  /**
   * Rows of one table that changed in the same columns. Their number is that of the combinations,
   * not of the rows.
   */
  private record Group(List<Integer> places, long rows) {}

  /**
   * Whether the row is that of changed row {@code r} and still as the removal left it; of marked
   * rows only the marks count, so that whatever else happened to them they come back.
   */
  static String unchanged(StoredTable stored) {
    return unchanged(stored, "c");
  }

  static String unchanged(StoredTable stored, String row) {
    List<Integer> counted =
        stored.archived().flags().stream().map(stored.archived()::place).toList();
    return named(stored, row)
        + " and not exists (select 1 from unnest(r.changed, r.now) as u(place, value) where %s(%s)[place] is distinct from value)"
            .formatted(
                counted.isEmpty()
                    ? ""
                    : "place = any (array[%s]) and "
                        .formatted(
                            counted.stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "))),
                stored.image(row));
  }

  /** Whether the row has the key that {@code r} had: the key of then, whatever it is now. */
  private static String named(StoredTable stored, String row) {
    return stored.named() ? stored.namedBy(row, "r.key") : "false";
  }

  /** Restores them; returns how many rows got their values back. */
  long restore(StoredTable stored, TriggerSwitch triggers) {
    long restored = 0;
    if (stored.archived().marked() && stored.wouldBeChangedOn(Trigger.Event.UPDATE)) {
      // Afterwards nobody could tell what a trigger changed from what others did.
      triggers.off(stored.table().id());
    }
    for (Group group : groups(stored)) {
      restored += update(stored, group, unchanged(stored));
      if (differ(stored, group)) {
        // A trigger has changed them on the way back.
        triggers.off(stored.table().id());
        update(stored, group, settled(stored));
      }
    }
    return restored;
  }

  private List<Group> groups(StoredTable stored) {
    return jdbc.query(
        """
        select changed, count(*) as rows from lethe.changed_row
         where deletion_id = ? and position = ? group by changed order by changed
        """,
        (rs, n) -> new Group(Ledger.places(rs.getArray("changed")), rs.getLong("rows")),
        deletion,
        stored.archived().position());
  }

  private long update(StoredTable stored, Group group, String which) {
    List<String> assignments = new ArrayList<>();
    for (int i = 0; i < group.places().size(); i++) {
      String name = stored.archived().columns().get(group.places().get(i) - 1);
      Column column = stored.table().column(name).orElse(null);
      if (column != null && !column.generated()) {
        assignments.add(dialect.quote(name) + " = " + value(stored, column, i + 1));
      }
    }
    if (assignments.isEmpty()) {
      return 0;
    }
    // Remembers which rows are ours: once changed they no longer look as the removal left them.
    // Entries are found again by place, as without statistics of its own the ledger's would be
    // compared each with each.
    return jdbc.update(
        """
        with mine as (
          update %s as c set %s from lethe.changed_row as r
           where r.deletion_id = ? and r.position = ? and r.changed = ? and %s
          returning r.ctid as place)
        update lethe.changed_row as r set now = r.was from mine where r.ctid = mine.place
        """
            .formatted(stored.rows(), String.join(", ", assignments), which),
        deletion,
        stored.archived().position(),
        group.places().toArray(Integer[]::new));
  }

  /**
   * What a column gets; of a marked row only what nobody has changed since, apart from the marks.
   */
  private String value(StoredTable stored, Column column, int entry) {
    String was = dialect.fromText("(r.was)[%d]".formatted(entry), column);
    if (!stored.archived().marked() || stored.archived().flags().contains(column.name())) {
      return was;
    }
    String own = "c." + dialect.quote(column.name());
    return "case when %s is not distinct from (r.now)[%d] then %s else %s end"
        .formatted(dialect.asText(own, column), entry, was, own);
  }

  /** Rows that were given back: their entry says so. */
  private static String settled(StoredTable stored) {
    return named(stored, "c") + " and r.now = r.was";
  }

  private boolean differ(StoredTable stored, Group group) {
    return !jdbc.query(
            """
            select 1 from lethe.changed_row as r
             where r.deletion_id = ? and r.position = ? and r.changed = ? and r.now is not distinct from r.was
               and not exists (select 1 from %s as c where %s) limit 1
            """
                .formatted(stored.rows(), unchanged(stored)),
            (rs, n) -> 1,
            deletion,
            stored.archived().position(),
            group.places().toArray(Integer[]::new))
        .isEmpty();
  }
}
