package org.lethe.collect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Answers "why is this here?" by walking from a row back to a root, each time over the relation
 * that first reached the row.
 */
final class PathFinder {

  /** Steps over one self-reference that are shown; the rest is skipped in one statement. */
  private static final int SHOWN_OF_A_CHAIN = 4;

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final RelationSql relationSql;
  private final KeySets sets;

  PathFinder(
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      RelationSql relationSql,
      KeySets sets) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.relationSql = relationSql;
    this.sets = sets;
  }

  /** An entry of a key set, found again by its place. */
  private record Entry(KeySet set, String tid, String part, int via, int wave) {
    String where(String alias) {
      return "%s.tid = '%s'::tid and %s.part = %s".formatted(alias, tid, alias, part);
    }
  }

  /** The path to one of the rows that hang on {@code parents} by {@code relation}. */
  List<PathStep> toOneOf(Relation relation, KeySet parents, String more) {
    KeySet shape = sets.shape(relation.child());
    Labels labels = labels(shape);
    List<PathStep> path = new ArrayList<>();
    // Which parent it hangs on is asked in the same breath, so that the path is of this very row.
    jdbc.query(
        "select %s, c.ctid, c.tableoid::bigint from %s as c where exists (select 1 from %s as p where %s)%s order by c.ctid limit 1"
            .formatted(
                labels.columns("c"),
                relationSql.childRows(relation),
                parents.name(),
                relationSql.matches(relation, parents),
                more),
        rs -> {
          path.add(new PathStep(labels.read(rs, 1), relation.name(), 0));
          int next = labels.width() + 1;
          Entry parent =
              parentOf(relation, parents, rs.getString(next), rs.getString(next + 1), null);
          if (parent != null) {
            climb(parent, path);
          }
        });
    Collections.reverse(path);
    return path;
  }

  /** The path to a row that goes; empty if it does not go. */
  List<PathStep> to(KeySet set, List<String> key) {
    String same =
        IntStream.range(0, key.size())
            .mapToObj(i -> "s.k%d = cast(? as %s)".formatted(i + 1, keyType(set, i)))
            .collect(Collectors.joining(" and "));
    Entry entry = entry(set, same, key.toArray());
    if (entry == null) {
      return List.of();
    }
    List<PathStep> path = new ArrayList<>();
    climb(entry, path);
    Collections.reverse(path);
    return path;
  }

  private String keyType(KeySet set, int i) {
    return dialect.comparableType(set.table().column(set.identity().get(i)).orElseThrow().type());
  }

  /** Adds the row and everything above it, from the row upwards. */
  private void climb(Entry start, List<PathStep> path) {
    Entry entry = start;
    int inChain = 0;
    while (true) {
      if (entry.via() == KeySet.ROOT) {
        path.add(new PathStep(row(entry), null, 0));
        return;
      }
      Relation relation = sets.relation(entry.via());
      inChain = links(relation) ? inChain + 1 : 0;
      Jump jump = new Jump(entry, 0);
      if (inChain == SHOWN_OF_A_CHAIN) {
        jump = toTopOfChain(entry);
        inChain = 0;
      }
      path.add(new PathStep(row(entry), relation.name(), jump.steps()));
      Entry top = jump.entry();
      Relation upwards = sets.relation(top.via());
      Entry parent = parentOf(upwards, sets.open(upwards.parent()), top.tid(), top.part(), top);
      if (parent == null) {
        return;
      }
      entry = parent;
    }
  }

  /** Whether steps over the relation make a chain, as employees and their managers do. */
  private static boolean links(Relation relation) {
    return relation instanceof ForeignKeyRelation && relation.selfReference();
  }

  private record Jump(Entry entry, long steps) {}

  /** The entry furthest up that references of the table to itself still reached. */
  private Jump toTopOfChain(Entry entry) {
    KeySet set = entry.set();
    List<Relation> relations =
        set.reachedBy().keySet().stream()
            .filter(via -> via != KeySet.ROOT)
            .map(sets::relation)
            .filter(PathFinder::links)
            .toList();
    relations.forEach(sets::indexForClimbing);
    String vias =
        relations.stream()
            .map(r -> Integer.toString(sets.number(r)))
            .collect(Collectors.joining(", "));
    String parent =
        relations.stream()
            .map(r -> oneStepUp(set, r, vias))
            .collect(Collectors.joining(" union all "));
    String sql =
        """
        with recursive up as (
          select s.tid, s.part, s.via, s.wave, 0 as steps from %s as s where %s
          union all
          select p.*, up.steps + 1 from up cross join lateral (%s) as p
        )
        select tid, part::bigint, via, wave, steps from up order by steps desc limit 1
        """
            .formatted(set.name(), entry.where("s"), parent);
    return jdbc.query(
            sql,
            (rs, n) ->
                new Jump(
                    new Entry(set, rs.getString(1), rs.getString(2), rs.getInt(3), rs.getInt(4)),
                    rs.getLong(5)))
        .get(0);
  }

  /**
   * The parent of {@code up}, if it was itself reached by one of {@code vias}. "offset 0" keeps the
   * planner to one look-up per step: it cannot know how many steps come, and would read whole
   * tables for each.
   */
  private String oneStepUp(KeySet set, Relation relation, String vias) {
    return """
        select p.tid, p.part, p.via, p.wave
          from (select c.* from %s as c
                 where up.via = %d and c.ctid = up.tid and c.tableoid = up.part offset 0) as c
         cross join lateral
               (select p.* from %s as p where %s and p.via in (%s) offset 0) as p
        """
        .formatted(
            relationSql.childRows(relation),
            sets.number(relation),
            set.name(),
            relationSql.matches(relation, set),
            vias);
  }

  private @Nullable Entry parentOf(
      Relation relation, KeySet parents, String tid, String part, @Nullable Entry below) {
    // A link can find several parents, in a cycle even rows that were themselves reached from here.
    // Inside a component waves tell which came first; entries from outside it have wave 0.
    String earlier =
        below != null && below.wave() > 0 && !(relation instanceof ForeignKeyRelation)
            ? " and p.wave < " + below.wave()
            : "";
    String sql =
        """
        select p.tid, p.part::bigint, p.via, p.wave from %s as c join %s as p on %s
         where c.ctid = '%s'::tid and c.tableoid = %s%s
         order by p.wave, p.tid limit 1
        """
            .formatted(
                relationSql.childRows(relation),
                parents.name(),
                relationSql.matches(relation, parents),
                tid,
                part,
                earlier);
    return first(jdbc.query(sql, (rs, n) -> read(parents, rs)));
  }

  private @Nullable Entry entry(KeySet set, String where, Object[] arguments) {
    return first(
        jdbc.query(
            "select s.tid, s.part::bigint, s.via, s.wave from "
                + set.name()
                + " as s where "
                + where,
            (rs, n) -> read(set, rs),
            arguments));
  }

  private static Entry read(KeySet set, java.sql.ResultSet rs) throws java.sql.SQLException {
    return new Entry(set, rs.getString(1), rs.getString(2), rs.getInt(3), rs.getInt(4));
  }

  private static @Nullable Entry first(List<Entry> entries) {
    return entries.isEmpty() ? null : entries.get(0);
  }

  private Row row(Entry entry) {
    Labels labels = labels(entry.set());
    return jdbc.query(
            "select %s from %s as c where c.ctid = '%s'::tid and c.tableoid = %s"
                .formatted(
                    labels.columns("c"),
                    dialect.ownRows(entry.set().table()),
                    entry.tid(),
                    entry.part()),
            (rs, n) -> labels.read(rs, 1))
        .get(0);
  }

  private Labels labels(KeySet set) {
    return new Labels(dialect, set.table(), decisions.label(set.table().id()));
  }
}
