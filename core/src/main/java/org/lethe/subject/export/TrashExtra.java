package org.lethe.subject.export;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.store.StoreException;
import org.lethe.subject.Holdings;
import org.lethe.subject.OwnTables;
import org.lethe.subject.Person;
import org.lethe.subject.TrashedRows;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.util.RawValue;

/** What a person has in the trash: deleted, but not gone. */
final class TrashExtra implements Extra {

  private final Decisions decisions;
  private final Dialect dialect;
  private final @Nullable Holdings holdings;
  private final boolean standby;

  /**
   * @param holdings what is theirs and alive; null if nothing is, or if it is read from a standby
   * @param standby whether it is: nothing can be written there, so that the trash is not followed
   */
  TrashExtra(Decisions decisions, Dialect dialect, @Nullable Holdings holdings, boolean standby) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.holdings = holdings;
    this.standby = standby;
  }

  @Override
  public String name() {
    return "the trash";
  }

  @Override
  public boolean ofDatabase() {
    return true;
  }

  @Override
  public void read(Person person, JdbcOperations snapshot, ExtraSink to) {
    if (!anything(snapshot)) {
      return;
    }
    if (standby) {
      throw new StoreException(
          "what is in the trash is not looked for in a standby; export from the primary", false);
    }
    TrashedRows trashed = new TrashedRows(decisions, dialect, snapshot, person.type().table());
    trashed.find(holdings, List.of(person.roots()));
    List<TrashedRows.Shape> shapes = trashed.shapes();
    for (int i = 0; i < shapes.size(); i++) {
      read(snapshot, trashed, i, shapes.get(i), to);
    }
  }

  private static boolean anything(JdbcOperations jdbc) {
    return OwnTables.there(jdbc, "archived_table")
        && Boolean.TRUE.equals(
            jdbc.queryForObject(
                "select exists (select 1 from lethe.deletion where state = 'in_trash')",
                Boolean.class));
  }

  private void read(
      JdbcOperations jdbc, TrashedRows trashed, int number, TrashedRows.Shape shape, ExtraSink to) {
    List<String> columns =
        shape.columns().stream().filter(c -> shape.value(dialect, "r.image", c) != null).toList();
    String values =
        columns.stream()
            .map(c -> ", to_jsonb(" + shape.value(dialect, "r.image", c) + ")::text")
            .collect(Collectors.joining());
    jdbc.query(
        """
        select d.deleted_at%s
          from %s as f join lethe.archived_row as r on r.ctid = f.place
          join lethe.deletion as d on d.deletion_id = f.deletion_id
         where f.shape = ? order by d.deleted_at, r.ctid
        """
            .formatted(values, trashed.found()),
        rs -> {
          Map<String, @Nullable Object> row = new LinkedHashMap<>();
          for (int i = 0; i < columns.size(); i++) {
            String json = rs.getString(i + 2);
            row.put(columns.get(i), json == null ? null : new RawValue(json));
          }
          LocalDate day = LocalDate.ofInstant(rs.getTimestamp(1).toInstant(), ZoneOffset.UTC);
          to.row(shape.table().id(), row, false, "deleted on " + day + ", in the trash");
        },
        number);
  }
}
