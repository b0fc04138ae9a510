package org.lethe.diagram;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.Decision;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Catalog;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.RelationGraph;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * Tables and relations chosen for a picture; where they stand on it is a renderer's business. Pure
 * data, safe to share.
 *
 * @param center the table it is about; null for a whole schema
 * @param nodes sorted by table
 * @param edges the relations between the nodes, sorted by name
 */
public record Diagram(String title, @Nullable TableId center, List<Node> nodes, List<Edge> edges) {

  public Diagram {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /**
   * A table.
   *
   * @param name for people
   * @param rows a count to show beside the name; null for none
   * @param beyond relations by which tables that are not in the picture hang on this one
   */
  public record Node(TableId table, String name, @Nullable Long rows, int beyond) {}

  /**
   * A relation.
   *
   * @param relation its name in the policy; several names where partitions have alike relations of
   *     their own, drawn as one
   * @param columns the referencing columns, for people
   * @param link whether only the policy declares it
   */
  public record Edge(
      String relation,
      TableId parent,
      TableId child,
      String columns,
      OnDelete onDelete,
      Decision.Origin origin,
      boolean link) {

    private Edge of(List<String> names) {
      String shown = names.size() == 1 ? columns : columns + " ×" + names.size();
      return new Edge(String.join(", ", names), parent, child, shown, onDelete, origin, link);
    }

    boolean loop() {
      return parent.equals(child);
    }
  }

  /**
   * The tables that hang on {@code center} over at most {@code depth} relations, and those that it
   * hangs on itself.
   *
   * @param center null for every table that is not a partition
   * @throws IllegalArgumentException if the catalog has no such table
   */
  public static Diagram around(Decisions decisions, @Nullable TableId center, int depth) {
    Catalog catalog = decisions.catalog();
    if (center == null) {
      Set<TableId> all = new TreeSet<>();
      for (Table table : catalog.tables().values()) {
        if (table.kind() != Table.Kind.PARTITION) {
          all.add(table.id());
        }
      }
      return of(decisions, "Tables and what removal does to them", null, all, Map.of());
    }
    TableId whole = catalog.whole(catalog.table(center).id());
    RelationGraph graph = decisions.graph();
    Set<TableId> shown = new LinkedHashSet<>();
    graph
        .distances(List.of(whole), r -> true)
        .forEach(
            (table, distance) -> {
              if (distance <= depth) {
                shown.add(table);
              }
            });
    graph.outOf(whole).forEach(r -> shown.add(r.parent()));
    return of(decisions, "What hangs on " + catalog.displayName(whole), whole, shown, Map.of());
  }

  /**
   * The picture of a removal's reach: the root, and every table with a count.
   *
   * @param rows how many rows of each table are concerned
   */
  public static Diagram reach(Decisions decisions, TableId root, Map<TableId, Long> rows) {
    Set<TableId> shown = new TreeSet<>(rows.keySet());
    shown.add(root);
    return of(
        decisions, "What goes with " + decisions.catalog().displayName(root), root, shown, rows);
  }

  /** The same picture with a count beside each table that {@code rows} has one for. */
  public Diagram withRows(Map<TableId, Long> rows) {
    List<Node> counted =
        nodes.stream()
            .map(n -> new Node(n.table(), n.name(), rows.get(n.table()), n.beyond()))
            .toList();
    return new Diagram(title, center, counted, edges);
  }

  public Diagram withTitle(String title) {
    return new Diagram(title, center, nodes, edges);
  }

  private static Diagram of(
      Decisions decisions,
      String title,
      @Nullable TableId center,
      Collection<TableId> shown,
      Map<TableId, Long> rows) {
    Catalog catalog = decisions.catalog();
    RelationGraph graph = decisions.graph();
    Set<TableId> tables = new TreeSet<>(shown);
    Map<Edge, List<String>> alike = new LinkedHashMap<>();
    for (Relation r : graph.relations()) {
      if (tables.contains(r.parent()) && tables.contains(r.child())) {
        // Only relations of single partitions are the same in all but their name.
        boolean single = r.childScan().equals(r.child()) && r.parentScan().equals(r.parent());
        Edge edge = edge(decisions, r, single ? r.name() : "");
        alike.computeIfAbsent(edge, e -> new ArrayList<>()).add(r.name());
      }
    }
    List<Edge> edges = new ArrayList<>();
    alike.forEach((edge, names) -> edges.add(edge.of(names)));
    List<Node> nodes = new ArrayList<>();
    for (TableId table : tables) {
      int beyond =
          (int) graph.into(table).stream().filter(r -> !tables.contains(r.child())).count();
      nodes.add(new Node(table, catalog.displayName(table), rows.get(table), beyond));
    }
    return new Diagram(title, center, nodes, edges);
  }

  private static Edge edge(Decisions decisions, Relation relation, String name) {
    Decision decision = decisions.of(relation);
    return new Edge(
        name,
        relation.parent(),
        relation.child(),
        columns(relation),
        decision.onDelete(),
        decision.origin(),
        relation instanceof Link);
  }

  private static String columns(Relation relation) {
    String columns = String.join(", ", relation.childColumns());
    if (relation instanceof Link link) {
      String conditions =
          link.conditions().entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue() + ", ")
              .reduce("", String::concat);
      return conditions + columns + (link.jsonPath() == null ? "" : " " + link.jsonPath());
    }
    return columns;
  }
}
