package org.lethe.diagram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.lethe.diagram.Diagram.Edge;
import org.lethe.diagram.Diagram.Node;
import org.lethe.diagram.Vertex.Segment;
import org.lethe.schema.TableId;

/**
 * Places a diagram on a page, in layers from left to right (Sugiyama's method): layers, order,
 * heights, columns. Tables without any relation stand in a grid below.
 */
final class Layout {

  private static final double LAYER_GAP = 64;
  private static final double WIDEST_LAYER_GAP = 150;
  private static final double GRID_GAP = 18;
  private static final double LEAST_GRID_WIDTH = 900;

  private final Map<TableId, Vertex> vertices = new TreeMap<>();
  private final Map<Edge, List<Segment>> chains = new HashMap<>();
  private final List<List<Vertex>> layers = new ArrayList<>();
  private double width;
  private double height;

  Layout(Diagram diagram) {
    Set<TableId> tied = new HashSet<>();
    for (Edge edge : diagram.edges()) {
      tied.add(edge.parent());
      tied.add(edge.child());
    }
    List<Vertex> loose = new ArrayList<>();
    for (Node node : diagram.nodes()) {
      Vertex vertex = new Vertex(node);
      if (tied.contains(node.table())) {
        vertices.put(node.table(), vertex);
      } else {
        loose.add(vertex);
      }
    }
    diagram.edges().forEach(e -> vertex(e.child()).rows.add(e));
    Layering layering = new Layering(diagram, vertices);
    build(diagram, layering);
    Ordering.reduceCrossings(layers);
    sortRows(layering);
    vertices.values().forEach(Vertex::measure);
    Stacking.stack(layers);
    setColumns();
    setGrid(loose);
    loose.forEach(v -> vertices.put(Objects.requireNonNull(v.node).table(), v));
  }

  double width() {
    return width;
  }

  double height() {
    return height;
  }

  Vertex vertex(TableId table) {
    Vertex vertex = vertices.get(table);
    if (vertex == null) {
      throw new IllegalArgumentException("not in the picture: " + table);
    }
    return vertex;
  }

  /** The pieces of an edge from left to right; none for one that loops. */
  List<Segment> chain(Edge edge) {
    return chains.getOrDefault(edge, List.of());
  }

  double layerWidth(int layer) {
    return layers.get(layer).stream().mapToDouble(v -> v.width).max().orElse(0);
  }

  private void build(Diagram diagram, Layering layering) {
    int count = 1 + vertices.values().stream().mapToInt(v -> v.layer).max().orElse(-1);
    for (int i = 0; i < count; i++) {
      layers.add(new ArrayList<>());
    }
    vertices.values().forEach(v -> layers.get(v.layer).add(v));
    for (Edge edge : diagram.edges()) {
      if (!edge.loop()) {
        chains.put(edge, chain(edge, layering));
      }
    }
    layers.forEach(Ordering::number);
  }

  private List<Segment> chain(Edge edge, Layering layering) {
    boolean reversed = layering.reversed(edge);
    List<Segment> chain = new ArrayList<>();
    Vertex last = vertex(layering.last(edge));
    Vertex at = vertex(layering.first(edge));
    while (at != last) {
      Vertex next = last;
      if (at.layer + 1 < last.layer) {
        next = new Vertex(null);
        next.layer = at.layer + 1;
        layers.get(next.layer).add(next);
      }
      Segment segment = new Segment(at, next, edge, reversed);
      at.out.add(segment);
      next.in.add(segment);
      chain.add(segment);
      at = next;
    }
    return chain;
  }

  /** Inside a box, relations stand in the order of what they come from; loops last. */
  private void sortRows(Layering layering) {
    for (Vertex vertex : vertices.values()) {
      Map<Edge, Integer> from = new HashMap<>();
      vertex.in.stream()
          .filter(s -> !s.reversed())
          .forEach(s -> from.put(s.edge(), s.from().order));
      vertex.out.stream().filter(Segment::reversed).forEach(s -> from.put(s.edge(), s.to().order));
      vertex.rows.sort(
          Comparator.comparing(Edge::loop)
              .thenComparing(layering::reversed)
              .thenComparing(e -> from.getOrDefault(e, 0))
              .thenComparing(Edge::relation));
    }
  }

  private void setColumns() {
    double x = 0;
    for (int i = 0; i < layers.size(); i++) {
      double widest = layerWidth(i);
      int edges = 0;
      for (Vertex v : layers.get(i)) {
        v.x = x;
        v.width = v.node == null ? widest : v.width;
        edges += v.out.size();
        height = Math.max(height, v.top + v.height());
      }
      width = Math.max(width, x + widest);
      x += widest + Math.min(WIDEST_LAYER_GAP, LAYER_GAP + 2.5 * edges);
    }
    boolean loops = vertices.values().stream().anyMatch(v -> v.rows.stream().anyMatch(Edge::loop));
    width += loops ? 26 : 0;
  }

  private void setGrid(List<Vertex> loose) {
    if (loose.isEmpty()) {
      return;
    }
    loose.forEach(Vertex::measure);
    double limit = Math.max(width, LEAST_GRID_WIDTH);
    double x = 0;
    double y = height == 0 ? 0 : height + 2 * GRID_GAP;
    double tallest = 0;
    for (Vertex v : loose) {
      if (x > 0 && x + v.width > limit) {
        x = 0;
        y += tallest + GRID_GAP;
        tallest = 0;
      }
      v.x = x;
      v.top = y;
      x += v.width + GRID_GAP;
      tallest = Math.max(tallest, v.height());
      width = Math.max(width, x - GRID_GAP);
    }
    height = y + tallest;
  }
}
