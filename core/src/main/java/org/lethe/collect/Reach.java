package org.lethe.collect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.RelationGraph;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Finds every row that hangs on some roots over relations of a sort, inside the database. Strongly
 * connected components of these relations are taken parents first, so that each relation is asked
 * once, with all the parents it will ever have; inside a component the same happens in waves until
 * nothing new is found. Statements are proportional to relations (and to waves inside a component),
 * never to rows.
 *
 * <p>When it locks, a row is locked as it is found and only then are its children looked for: a
 * writer that refers to the row either committed before, and is seen, or waits for us.
 *
 * <p>One use, inside one transaction; not thread-safe.
 */
public final class Reach {

  private final Decisions decisions;
  private final RelationGraph graph;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Flags flags;
  private final boolean locks;
  private final Predicate<Relation> followed;
  private final RelationSql relationSql;
  private final KeySets sets;
  private final SelfClosure closure;

  /**
   * @param flags tells rows that count from those that are marked as deleted
   * @param locks whether rows are locked as they are found
   * @param followed the relations over which it goes
   */
  public Reach(
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      Flags flags,
      boolean locks,
      Predicate<Relation> followed) {
    this.decisions = decisions;
    this.graph = decisions.graph();
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.flags = flags;
    this.locks = locks;
    this.followed = followed;
    this.relationSql = new RelationSql(dialect, decisions.catalog(), flags);
    this.sets = new KeySets(decisions, dialect, jdbc);
    this.closure = new SelfClosure(dialect, jdbc, relationSql, sets, locks);
  }

  /**
   * Finds them. What it returns is bound to the transaction.
   *
   * @throws org.lethe.error.InputException if a root does not exist or cannot be read
   */
  public KeySets from(Roots roots) {
    return from(List.of(roots));
  }

  /**
   * The same from roots in several tables.
   *
   * @throws org.lethe.error.InputException if a root does not exist or cannot be read
   */
  public KeySets from(List<Roots> roots) {
    RootRows rootRows = new RootRows(decisions, dialect, jdbc, sets, flags, locks);
    Set<TableId> rootTables = new LinkedHashSet<>();
    roots.forEach(r -> rootTables.addAll(rootRows.insert(r)));
    Map<TableId, Integer> distance = graph.distances(rootTables, followed);
    for (Set<TableId> component : graph.components(distance.keySet(), followed)) {
      collectComponent(component, distance);
    }
    return sets;
  }

  /** The path from a root to a row; empty if it was not reached. */
  public List<PathStep> why(TableId table, List<String> key) {
    KeySet set = sets.get(decisions.catalog().whole(table));
    return set == null || set.isEmpty()
        ? List.of()
        : new PathFinder(decisions, dialect, jdbc, relationSql, sets).to(set, key);
  }

  private void collectComponent(Set<TableId> component, Map<TableId, Integer> distance) {
    Map<TableId, Long> fresh = new LinkedHashMap<>();
    List<Relation> inside = new ArrayList<>();
    for (TableId child : component) {
      List<Relation> outside = new ArrayList<>();
      for (Relation relation : graph.outOf(child)) {
        if (followed.test(relation) && distance.containsKey(relation.parent())) {
          (component.contains(relation.parent()) ? inside : outside).add(relation);
        }
      }
      // The nearest parent first, so that "why is this here?" answers with the shortest path.
      outside.sort(
          Comparator.comparing((Relation r) -> distance.getOrDefault(r.parent(), 0))
              .thenComparing(Relation::name));
      outside.forEach(r -> follow(r, "", 0));
      fresh.put(child, sets.rows(child));
    }
    if (!inside.isEmpty()) {
      saturate(component, inside, fresh);
    }
    // The planner need only know sets that others will be joined to; the rest are only emptied.
    component.stream().filter(t -> !graph.into(t).isEmpty()).forEach(sets::analyze);
  }

  private void saturate(
      Set<TableId> component, List<Relation> inside, Map<TableId, Long> firstWave) {
    List<Relation> across = inside.stream().filter(r -> !closes(r)).toList();
    if (!across.isEmpty()) {
      component.forEach(sets::indexForWaves);
    }
    Map<TableId, Long> fresh = firstWave;
    for (int wave = 0; fresh.values().stream().anyMatch(n -> n > 0); wave++) {
      for (TableId table : component) {
        List<Relation> self =
            inside.stream().filter(r -> closes(r) && r.child().equals(table)).toList();
        if (!self.isEmpty() && fresh.getOrDefault(table, 0L) > 0) {
          sets.analyze(table);
          fresh.merge(table, closure.close(table, self, wave), Long::sum);
        }
      }
      Map<TableId, Long> next = new LinkedHashMap<>();
      for (Relation relation : across) {
        if (fresh.getOrDefault(relation.parent(), 0L) > 0) {
          sets.analyze(relation.parent());
          next.merge(relation.child(), follow(relation, "p.wave = " + wave, wave + 1), Long::sum);
        }
      }
      fresh = next;
    }
  }

  /** A self-reference by link goes in waves: they tell which of several parents came first. */
  private static boolean closes(Relation relation) {
    return relation.selfReference() && relation instanceof ForeignKeyRelation;
  }

  /** Adds the rows that hang on the parent's set by one relation; returns how many are new. */
  private long follow(Relation relation, String entries, int wave) {
    KeySet parents = sets.get(relation.parent());
    if (parents == null || parents.isEmpty()) {
      return 0;
    }
    KeySet children = sets.open(relation.child());
    int via = sets.number(relation);
    return sets.fill(
        children,
        via,
        "select %s%s%s%s"
            .formatted(
                children.values("c", Integer.toString(via), wave),
                relationSql.from(relation, parents, entries),
                children.andNotIn("c"),
                locks ? sets.lockInPageOrder(children) : ""));
  }
}
