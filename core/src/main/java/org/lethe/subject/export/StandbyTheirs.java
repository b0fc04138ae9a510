package org.lethe.subject.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.lethe.collect.PathStep;
import org.lethe.collect.ReadOnlyReach;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.policy.Decisions;
import org.lethe.policy.Ownership;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.subject.Person;
import org.springframework.jdbc.core.JdbcOperations;

/** What a person has in a copy of the database that allows no temporary tables. */
final class StandbyTheirs implements Theirs {

  private final Dialect dialect;
  private final String with;
  private final ReadOnlyReach all;
  private final ReadOnlyReach sole;
  private final List<Part> parts;

  StandbyTheirs(Decisions decisions, Dialect dialect, JdbcOperations jdbc, Person person) {
    this.dialect = dialect;
    Roots.Keys roots = new Roots.Keys(person.type().table(), List.of(person.key()));
    this.all =
        new ReadOnlyReach(
            decisions, dialect, roots, "a", r -> decisions.ownership(r) != Ownership.MENTIONED);
    this.sole =
        new ReadOnlyReach(
            decisions, dialect, roots, "o", r -> decisions.ownership(r) == Ownership.SOLE);
    this.with = "with recursive " + all.expressions() + ",\n" + sole.expressions() + "\n";
    this.parts = count(decisions, jdbc);
    if (parts.isEmpty()) {
      throw new InputException(
          "there is no such %s in this copy of the database, which may be a little behind"
              .formatted(person.type().name()));
    }
  }

  private List<Part> count(Decisions decisions, JdbcOperations jdbc) {
    List<Table> tables = all.tables();
    List<String> counts = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      counts.add(
          "select %d, count(*), count(*) filter (where %s) from %s as c"
              .formatted(i, isShared(tables.get(i), "c.tid", "c.part"), entries(tables.get(i))));
    }
    Map<TableId, Part> found = new LinkedHashMap<>();
    jdbc.query(
        with + String.join("\nunion all\n", counts) + "\norder by 1",
        rs -> {
          if (rs.getLong(2) > 0) {
            Table table = tables.get(rs.getInt(1));
            found.put(table.id(), part(table, rs.getLong(2), rs.getLong(3)));
          }
        });
    // In the order in which tables stand everywhere, whichever relations were followed.
    List<Part> ordered = new ArrayList<>();
    for (Set<TableId> component : decisions.graph().components(found.keySet(), relation -> true)) {
      component.forEach(table -> ordered.add(Objects.requireNonNull(found.get(table))));
    }
    return ordered;
  }

  private Part part(Table table, long rows, long shared) {
    String from =
        "%s as c join %s as s on c.ctid = s.tid and c.tableoid = s.part"
            .formatted(dialect.ownRows(table), entries(table));
    return new Part(
        table, rows, shared, from, isShared(table, "c.ctid", "c.tableoid"), entries(table));
  }

  private String entries(Table table) {
    return all.entries(table.id());
  }

  private String isShared(Table table, String tid, String part) {
    return sole.reaches(table.id())
        ? "not exists (select 1 from %s as y where y.tid = %s and y.part = %s)"
            .formatted(sole.entries(table.id()), tid, part)
        : "true";
  }

  @Override
  public List<Part> parts() {
    return parts;
  }

  @Override
  public String with() {
    return with;
  }

  @Override
  public List<PathStep> why(TableId table, List<String> key) {
    throw new InputException(
        "a standby cannot say why a row is theirs, since that takes temporary tables; ask the"
            + " primary");
  }
}
