package org.lethe.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * The rows that {@link Reach} finds, without a temporary table to write them down: a hot standby
 * allows none. Each table's rows are a common table expression over those of its parents; tables in
 * a circle are one recursive expression over places, told apart by a number. Slower, since every
 * query that uses it searches anew, but one snapshot gives the same each time. Immutable.
 */
public final class ReadOnlyReach {

  private final Decisions decisions;
  private final Dialect dialect;
  private final String prefix;
  private final Predicate<Relation> followed;
  private final RelationSql relationSql;
  private final Map<TableId, KeySet> shapes = new LinkedHashMap<>();
  private final Map<TableId, Integer> numbers = new LinkedHashMap<>();
  private final List<String> expressions = new ArrayList<>();

  /**
   * @param prefix of the names of the expressions, different for each reach in one statement
   * @param followed the relations over which it goes
   */
  public ReadOnlyReach(
      Decisions decisions,
      Dialect dialect,
      Roots.Keys roots,
      String prefix,
      Predicate<Relation> followed) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.prefix = prefix;
    this.followed = followed;
    this.relationSql =
        new RelationSql(
            dialect,
            decisions.catalog(),
            new Flags(decisions, dialect, DeleteKind.HARD, roots.table()));
    Set<TableId> reached = decisions.graph().distances(List.of(roots.table()), followed).keySet();
    for (Set<TableId> component : decisions.graph().components(reached, followed)) {
      component.forEach(this::open);
      if (circle(component)) {
        addCircle(component, roots);
      } else {
        component.forEach(t -> addTable(t, roots));
      }
    }
  }

  /** Tables that may have rows in it, parents before children. */
  public List<Table> tables() {
    return shapes.values().stream().map(KeySet::table).toList();
  }

  /** The expressions, with commas between, for {@code with recursive}. */
  public String expressions() {
    return String.join(",\n", expressions);
  }

  /** A table's rows as a FROM item: {@code k1} and so on, {@code tid}, {@code part}. */
  public String entries(TableId table) {
    return prefix + numbers.get(table);
  }

  /** Whether it may have rows of the table. */
  public boolean reaches(TableId table) {
    return numbers.containsKey(table);
  }

  private void open(TableId id) {
    TreeSet<String> carried = new TreeSet<>();
    decisions.graph().into(id).forEach(r -> carried.addAll(r.parentColumns()));
    Table table = decisions.catalog().table(id);
    table.identity().forEach(carried::remove);
    numbers.put(id, numbers.size() + 1);
    shapes.put(id, new KeySet(dialect, table, prefix + numbers.get(id), List.copyOf(carried)));
  }

  private boolean circle(Set<TableId> component) {
    return component.size() > 1
        || component.stream()
            .flatMap(t -> decisions.graph().outOf(t).stream())
            .anyMatch(r -> followed.test(r) && r.selfReference());
  }

  private void addTable(TableId table, Roots.Keys roots) {
    List<String> seeds = seeds(table, Set.of(), roots, this::columns);
    expressions.add(
        "%s as materialized (%s)".formatted(entries(table), String.join("\nunion\n", seeds)));
  }

  private void addCircle(Set<TableId> component, Roots.Keys roots) {
    String circle = prefix + "circle" + numbers.get(component.iterator().next());
    List<String> seeds = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    for (TableId table : component) {
      seeds.addAll(seeds(table, component, roots, this::place));
      for (Relation relation : decisions.graph().outOf(table)) {
        if (followed.test(relation) && component.contains(relation.parent())) {
          steps.add(step(relation));
        }
      }
    }
    expressions.add(
        """
        %s (tag, tid, part) as (
          (%s)
          union
          select x.tag, x.tid, x.part from %s as w cross join lateral (%s) as x
        )"""
            .formatted(
                circle,
                String.join("\nunion\n", seeds),
                circle,
                String.join("\nunion all\n", steps)));
    for (TableId table : component) {
      expressions.add(
          "%s as materialized (select %s from %s as w join %s as c on c.ctid = w.tid and c.tableoid = w.part where w.tag = %d)"
              .formatted(
                  entries(table),
                  columns(table),
                  circle,
                  dialect.ownRows(decisions.catalog().table(table)),
                  numbers.get(table)));
    }
  }

  /** What to select from row {@code c} of a table. */
  private interface Selected {
    String of(TableId table);
  }

  private String columns(TableId table) {
    return shape(table).values("c", "0", 0);
  }

  private String place(TableId table) {
    return "%d as tag, c.ctid as tid, c.tableoid as part".formatted(numbers.get(table));
  }

  /** Queries for rows that are roots, or hang on tables outside the circle. */
  private List<String> seeds(
      TableId table, Set<TableId> circle, Roots.Keys roots, Selected selected) {
    List<String> seeds = new ArrayList<>();
    String rows = dialect.ownRows(decisions.catalog().table(table));
    if (roots.table().equals(table)) {
      roots
          .keys()
          .forEach(
              key ->
                  seeds.add(
                      "select %s from %s as c where %s"
                          .formatted(selected.of(table), rows, isRoot(table, key))));
    }
    for (Relation relation : decisions.graph().outOf(table)) {
      if (followed.test(relation)
          && shapes.containsKey(relation.parent())
          && !circle.contains(relation.parent())) {
        seeds.add(hanging(relation, selected));
      }
    }
    if (seeds.isEmpty()) {
      seeds.add("select %s from %s as c where false".formatted(selected.of(table), rows));
    }
    return seeds;
  }

  private String isRoot(TableId table, List<String> key) {
    List<String> identity = decisions.catalog().table(table).identity();
    return IntStream.range(0, identity.size())
        .mapToObj(
            i ->
                "c.%s = cast(%s as %s)"
                    .formatted(
                        dialect.quote(identity.get(i)),
                        dialect.literal(key.get(i)),
                        dialect.comparableType(
                            decisions
                                .catalog()
                                .table(table)
                                .column(identity.get(i))
                                .orElseThrow()
                                .type())))
        .collect(Collectors.joining(" and "));
  }

  private String hanging(Relation relation, Selected selected) {
    String matches = relationSql.matches(relation, shape(relation.parent()));
    String from = relationSql.childRows(relation);
    return relation instanceof ForeignKeyRelation
        ? "select %s from %s as p join %s as c on %s"
            .formatted(selected.of(relation.child()), entries(relation.parent()), from, matches)
        : "select %s from %s as c where exists (select 1 from %s as p where %s)"
            .formatted(selected.of(relation.child()), from, entries(relation.parent()), matches);
  }

  /** From a place {@code w} of the circle to those that hang on it. */
  private String step(Relation relation) {
    KeySet parent = shape(relation.parent());
    return """
        select %s from (select %s from %s as q
                         where w.tag = %d and q.ctid = w.tid and q.tableoid = w.part) as p
          join %s as c on %s"""
        .formatted(
            place(relation.child()),
            parent.values("q", "0", 0),
            dialect.ownRows(parent.table()),
            numbers.get(relation.parent()),
            relationSql.childRows(relation),
            relationSql.matches(relation, parent));
  }

  private KeySet shape(TableId table) {
    KeySet shape = shapes.get(table);
    if (shape == null) {
      throw new IllegalArgumentException(table + " is not reached");
    }
    return shape;
  }
}
