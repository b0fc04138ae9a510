package org.lethe.diagram;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lethe.diagram.Diagram.Edge;
import org.lethe.schema.TableId;

/**
 * Puts every table into a layer, so that all edges lead from an earlier layer to a later one; where
 * tables refer to each other in a circle, some edge of the circle is turned round for it.
 */
final class Layering {

  private final Map<TableId, Vertex> vertices;
  private final Map<TableId, List<Edge>> children = new TreeMap<>();
  private final Set<Edge> reversed = new HashSet<>();

  /** Finished first is last: a topological order, backwards. */
  private final List<TableId> finished = new ArrayList<>();

  Layering(Diagram diagram, Map<TableId, Vertex> vertices) {
    this.vertices = vertices;
    vertices.keySet().forEach(t -> children.put(t, new ArrayList<>()));
    diagram.edges().stream().filter(e -> !e.loop()).forEach(e -> below(e.parent()).add(e));
    visitAll(diagram);
    assign(diagram);
  }

  boolean reversed(Edge edge) {
    return reversed.contains(edge);
  }

  private List<Edge> below(TableId table) {
    return children.getOrDefault(table, List.of());
  }

  private record Frame(TableId table, Iterator<Edge> edges) {}

  /** Starts at the center, then at tables that hang on nothing, then at those with most below. */
  private void visitAll(Diagram diagram) {
    Set<TableId> hanging = new HashSet<>();
    children.values().forEach(edges -> edges.forEach(e -> hanging.add(e.child())));
    List<TableId> starts = new ArrayList<>(vertices.keySet());
    starts.sort(
        Comparator.comparing((TableId t) -> !t.equals(diagram.center()))
            .thenComparing(hanging::contains)
            .thenComparing(t -> -below(t).size())
            .thenComparing(t -> t));
    Set<TableId> seen = new HashSet<>();
    Set<TableId> open = new HashSet<>();
    for (TableId start : starts) {
      if (seen.add(start)) {
        visit(start, seen, open);
      }
    }
  }

  private void visit(TableId start, Set<TableId> seen, Set<TableId> open) {
    Deque<Frame> frames = new ArrayDeque<>();
    frames.push(new Frame(start, below(start).iterator()));
    open.add(start);
    while (!frames.isEmpty()) {
      Frame frame = frames.element();
      if (!frame.edges().hasNext()) {
        frames.pop();
        open.remove(frame.table());
        finished.add(frame.table());
        continue;
      }
      Edge edge = frame.edges().next();
      if (open.contains(edge.child())) {
        reversed.add(edge);
      } else if (seen.add(edge.child())) {
        open.add(edge.child());
        frames.push(new Frame(edge.child(), below(edge.child()).iterator()));
      }
    }
  }

  /** Longest paths; then tables with nothing before them move up to what hangs on them. */
  private void assign(Diagram diagram) {
    Map<TableId, Integer> layers = new TreeMap<>();
    finished.forEach(t -> layers.put(t, 0));
    List<Edge> forward = new ArrayList<>();
    for (int i = finished.size() - 1; i >= 0; i--) {
      for (Edge edge : leaving(diagram, finished.get(i))) {
        forward.add(edge);
        layers.merge(last(edge), layers.getOrDefault(first(edge), 0) + 1, Math::max);
      }
    }
    Set<TableId> entered = new HashSet<>();
    forward.forEach(e -> entered.add(last(e)));
    for (TableId table : finished) {
      if (!entered.contains(table) && !table.equals(diagram.center())) {
        forward.stream()
            .filter(e -> first(e).equals(table))
            .mapToInt(e -> layers.getOrDefault(last(e), 1) - 1)
            .min()
            .ifPresent(layer -> layers.put(table, layer));
      }
    }
    int lowest = layers.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    vertices.forEach((table, v) -> v.layer = layers.getOrDefault(table, 0) - lowest);
  }

  private List<Edge> leaving(Diagram diagram, TableId table) {
    List<Edge> leaving = new ArrayList<>();
    for (Edge edge : diagram.edges()) {
      if (!edge.loop() && first(edge).equals(table)) {
        leaving.add(edge);
      }
    }
    return leaving;
  }

  TableId first(Edge edge) {
    return reversed(edge) ? edge.child() : edge.parent();
  }

  TableId last(Edge edge) {
    return reversed(edge) ? edge.parent() : edge.child();
  }
}
