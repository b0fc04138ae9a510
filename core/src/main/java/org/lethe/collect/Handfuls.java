package org.lethe.collect;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.RelationGraph;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * Which removals can be collected by one query if they are of few rows, and the queries, each
 * written once. For one policy and catalog; thread-safe.
 */
public final class Handfuls {

  /** More roots than this are seldom few rows. */
  private static final int ROOTS = 100;

  private final Decisions decisions;
  private final RelationGraph graph;
  private final Dialect dialect;
  private final RelationSql relationSql;
  private final int limit;
  private final Map<Wanted, Optional<Query>> known = new ConcurrentHashMap<>();

  /**
   * @param limit up to how many rows are a handful; 0 for none
   */
  public Handfuls(Decisions decisions, Dialect dialect, int limit) {
    this.decisions = decisions;
    this.graph = decisions.graph();
    this.dialect = dialect;
    // Whether an index serves does not depend on which rows are marked.
    this.relationSql =
        new RelationSql(
            dialect,
            decisions.catalog(),
            new Flags(decisions, dialect, DeleteKind.HARD, new TableId("", "")));
    this.limit = limit;
  }

  private record Wanted(TableId root, DeleteKind kind, boolean single, boolean locks) {}

  /**
   * A query, and how to read what it finds.
   *
   * @param guarded whether the database refuses to delete any of it while something else refers to
   *     it
   */
  record Query(HandfulQuery form, String sql, boolean guarded) {}

  /** Up to how many rows are a handful. */
  int limit() {
    return limit;
  }

  /** The query for a removal; empty where there is none, whatever hangs on the roots. */
  Optional<Query> query(Roots.Keys roots, DeleteKind kind, boolean locks) {
    if (roots.keys().isEmpty() || roots.keys().size() > Math.min(limit, ROOTS)) {
      return Optional.empty();
    }
    return known.computeIfAbsent(
        new Wanted(roots.table(), kind, roots.keys().size() == 1, locks),
        w -> {
          if (!fits(roots.table())) {
            return Optional.empty();
          }
          Flags flags = new Flags(decisions, dialect, kind, roots.table());
          HandfulQuery form = write(roots, flags, locks);
          return Optional.of(new Query(form, form.sql(), guarded(form, flags)));
        });
  }

  private boolean fits(TableId root) {
    if (!decisions.choices().byRelation().isEmpty()) {
      return false;
    }
    Set<TableId> reached = graph.distances(List.of(root), this::cascades).keySet();
    return graph.components(reached, this::cascades).stream().allMatch(c -> c.size() == 1)
        && reached.stream().allMatch(this::plain)
        && reached.stream().flatMap(t -> graph.into(t).stream()).allMatch(this::ordinary);
  }

  private boolean guarded(HandfulQuery form, Flags flags) {
    return form.going().stream()
        .map(set -> set.table().id())
        .allMatch(
            id -> !flags.marks(id) && graph.into(id).stream().allMatch(Handfuls::refusedIfLeft));
  }

  private static boolean refusedIfLeft(Relation relation) {
    return relation instanceof ForeignKeyRelation r
        && r.foreignKey().enforced()
        && switch (r.foreignKey().onDelete()) {
          case NO_ACTION, RESTRICT -> true;
          case CASCADE, SET_NULL, SET_DEFAULT -> false;
        };
  }

  private boolean plain(TableId id) {
    Table table = decisions.catalog().table(id);
    return table.kind() == Table.Kind.TABLE
        && table.children().isEmpty()
        && table.parents().isEmpty()
        && KeySets.empty(decisions, dialect, id).held().stream().allMatch(RelationSql::listed);
  }

  private boolean ordinary(Relation relation) {
    boolean circles = relation.selfReference() && cascades(relation);
    return plain(relation.child())
        && relation.childScan().equals(relation.child())
        && relation.parentScan().equals(relation.parent())
        // Without an index each step of the recursion would read the whole table.
        && (!circles || relationSql.served(relation));
  }

  private boolean cascades(Relation relation) {
    return decisions.of(relation).onDelete().kind() == OnDelete.Kind.CASCADE;
  }

  private HandfulQuery write(Roots.Keys roots, Flags flags, boolean locks) {
    String given = new GivenKeys(decisions.catalog(), dialect, roots).matches("c");
    Map<TableId, Integer> distance = graph.distances(List.of(roots.table()), this::cascades);
    HandfulQuery query = new HandfulQuery(decisions, dialect, flags, locks, limit);
    List<TableId> order =
        graph.components(distance.keySet(), this::cascades).stream().flatMap(Set::stream).toList();
    for (TableId table : order) {
      Map<Boolean, List<Relation>> reaching =
          graph.outOf(table).stream()
              .filter(r -> cascades(r) && distance.containsKey(r.parent()))
              .sorted(
                  Comparator.comparing((Relation r) -> distance.getOrDefault(r.parent(), 0))
                      .thenComparing(Relation::name))
              .collect(Collectors.partitioningBy(Relation::selfReference));
      query.going(
          table,
          table.equals(roots.table()) ? given : "",
          reaching.getOrDefault(false, List.of()),
          reaching.getOrDefault(true, List.of()));
    }
    for (TableId table : order) {
      graph.into(table).forEach(r -> effect(query, r));
    }
    return query;
  }

  private void effect(HandfulQuery query, Relation relation) {
    switch (decisions.of(relation).onDelete().kind()) {
      case CASCADE -> {}
      case SET_NULL -> query.changing(relation);
      case SET_DEFAULT, SET, REASSIGN, RESTRICT, DO_NOTHING -> query.none(relation, true);
      case PROTECT, UNDECIDED -> query.none(relation, false);
    }
  }
}
