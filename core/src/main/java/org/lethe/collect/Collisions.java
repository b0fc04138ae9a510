package org.lethe.collect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lethe.dialect.Dialect;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.Index;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Rows that are pointed elsewhere may meet there what is the same as they in the eyes of a unique
 * index, as when two people in one group become one person. Better said before than by the database
 * half-way.
 */
final class Collisions {

  private final Catalog catalog;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final KeySets sets;
  private final PathFinder paths;

  Collisions(
      Catalog catalog, Dialect dialect, JdbcOperations jdbc, KeySets sets, PathFinder paths) {
    this.catalog = catalog;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.sets = sets;
    this.paths = paths;
  }

  /** All of them; nulls never collide. */
  List<Blocker> find(Collection<UpdateSet> updates) {
    Map<TableId, List<UpdateSet>> byTable = new LinkedHashMap<>();
    updates.forEach(u -> byTable.computeIfAbsent(u.table().id(), t -> new ArrayList<>()).add(u));
    List<Blocker> found = new ArrayList<>();
    for (List<UpdateSet> ofOne : byTable.values()) {
      for (Index index : ofOne.get(0).table().indexes()) {
        List<UpdateSet> touching = ofOne.stream().filter(u -> touches(u, index)).toList();
        if (index.unique() && !touching.isEmpty()) {
          find(index, touching, ofOne, found);
        }
      }
    }
    return found;
  }

  /** Whether an update gives a value to something that the index looks at. */
  private static boolean touches(UpdateSet update, Index index) {
    return update.facts().onDelete().kind() != OnDelete.Kind.SET_NULL
        && update.facts().columns().stream()
            .anyMatch(
                column ->
                    index.parts().contains(column)
                        || expressions(index, update.table()).anyMatch(e -> e.contains(column)));
  }

  private static Stream<String> expressions(Index index, Table table) {
    return Stream.concat(
        index.parts().stream().filter(p -> table.column(p).isEmpty()),
        Stream.ofNullable(index.predicate()));
  }

  private void find(
      Index index, List<UpdateSet> touching, List<UpdateSet> all, List<Blocker> found) {
    Table table = all.get(0).table();
    String name = "pg_temp." + sets.newName();
    String same =
        IntStream.range(0, index.parts().size())
            .mapToObj("a.part_%1$d = b.part_%1$d"::formatted)
            .collect(Collectors.joining(" and "));
    jdbc.execute(
        "create temporary table %s on commit drop as %s"
            .formatted(name, keys(index, table, changed(table, all))));
    jdbc.execute("analyze " + name);
    String colliding =
        """
        %1$s as a
         where exists (select 1 from %1$s as b where %2$s and (a.tid, a.part) <> (b.tid, b.part))
            or exists (select 1 from (%3$s) as b
                        where %2$s and not exists (select 1 from %1$s as x where x.tid = b.tid and x.part = b.part))
        """
            .formatted(name, same, keys(index, table, unchanged(table)));
    Long rows = jdbc.queryForObject("select count(*) from " + colliding, Long.class);
    if (rows != null && rows > 0) {
      UpdateSet update = touching.get(0);
      found.add(
          new Blocker(
              update.facts().relation(),
              update.facts().onDelete().kind(),
              rows,
              pathToOne(update, colliding),
              null,
              "%s of %s would then be there twice: %s must be unique"
                  .formatted(
                      rows == 1 ? "1 row" : rows + " rows",
                      catalog.displayName(table.id()),
                      String.join(", ", index.parts()))));
    }
  }

  private List<PathStep> pathToOne(UpdateSet update, String colliding) {
    List<String> place =
        jdbc.query(
            "select a.tid, a.part::bigint from "
                + colliding
                + " order by exists (select 1 from %s as u where u.tid = a.tid and u.part = a.part) desc, a.part, a.tid limit 1"
                    .formatted(update.name()),
            (rs, n) ->
                " and c.ctid = '%s'::tid and c.tableoid = %d"
                    .formatted(rs.getString(1), rs.getLong(2)));
    KeySet parents = sets.open(update.facts().relation().parent());
    return paths.toOneOf(update.facts().relation(), parents, String.join("", place));
  }

  /** A query for what the index sees of some rows. */
  private String keys(Index index, Table table, String rows) {
    String parts =
        IntStream.range(0, index.parts().size())
            .mapToObj(i -> "%s as part_%d".formatted(part(table, index.parts().get(i)), i))
            .collect(Collectors.joining(", "));
    return "select %s, lethe_tid as tid, lethe_part as part from (%s) as image%s"
        .formatted(
            parts, rows, index.predicate() == null ? "" : " where (" + index.predicate() + ")");
  }

  private String part(Table table, String part) {
    return table.column(part).isPresent() ? dialect.quote(part) : "(" + part + ")";
  }

  private String unchanged(Table table) {
    return "select c.*, c.ctid as lethe_tid, c.tableoid as lethe_part from %s as c"
        .formatted(dialect.ownRows(table));
  }

  /** A query for the rows as they would be. */
  private String changed(Table table, List<UpdateSet> updates) {
    String columns =
        table.columns().stream()
            .map(c -> value(table, c, updates) + " as " + dialect.quote(c.name()))
            .collect(Collectors.joining(", "));
    String joins =
        IntStream.range(0, updates.size())
            .mapToObj(
                i ->
                    " left join %1$s as u%2$d on u%2$d.tid = c.ctid and u%2$d.part = c.tableoid"
                        .formatted(updates.get(i).name(), i))
            .collect(Collectors.joining());
    String places =
        updates.stream()
            .map(u -> "select tid, part from " + u.name())
            .collect(Collectors.joining(" union "));
    return "select %s, c.ctid as lethe_tid, c.tableoid as lethe_part from (%s) as s join %s as c on c.ctid = s.tid and c.tableoid = s.part%s"
        .formatted(columns, places, dialect.ownRows(table), joins);
  }

  /** A later update of the same column has the last word. */
  private String value(Table table, Column column, List<UpdateSet> updates) {
    String value = "c." + dialect.quote(column.name());
    for (int i = 0; i < updates.size(); i++) {
      Updated facts = updates.get(i).facts();
      if (facts.columns().contains(column.name())) {
        value =
            "case when u%d.tid is not null then %s else %s end"
                .formatted(i, UpdateValues.sql(dialect, facts, table, column.name()), value);
      }
    }
    return value;
  }
}
