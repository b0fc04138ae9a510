package org.lethe.diagram;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.diagram.Diagram.Edge;
import org.lethe.diagram.Diagram.Node;

/**
 * What stands in a layer while a picture is laid out: a table's box, or the place where a long edge
 * passes through. Mutable; never leaves the layout.
 */
final class Vertex {

  static final double HEADER = 30;
  static final double ROW = 21;
  static final double NAME_SIZE = 13;
  static final double ROW_SIZE = 11.5;
  static final double BADGE_SIZE = 10;

  /** Null for the place of a passing edge. */
  final @Nullable Node node;

  /** The relations by which this table hangs on others, one line of the box each. */
  final List<Edge> rows = new ArrayList<>();

  final List<Segment> in = new ArrayList<>();
  final List<Segment> out = new ArrayList<>();

  int layer;

  /** Index in its layer. */
  int order;

  double x;
  double top;
  double width;

  Vertex(@Nullable Node node) {
    this.node = node;
  }

  /** A piece of an edge between neighbouring layers; the edge is null only inside one layout. */
  record Segment(Vertex from, Vertex to, Edge edge, boolean reversed) {

    /** Where it leaves {@code from}, measured from its top. */
    double fromPort() {
      return from.port(edge, reversed);
    }

    double toPort() {
      return to.port(edge, !reversed);
    }
  }

  double height() {
    if (node == null) {
      return 4;
    }
    return HEADER + ROW * lines() + (lines() == 0 ? 0 : 6);
  }

  private int lines() {
    return rows.size() + (node != null && node.beyond() > 0 ? 1 : 0);
  }

  /** Where an edge meets this box: at the line of its columns, or at the header of its target. */
  private double port(Edge edge, boolean asChild) {
    if (node == null) {
      return 2;
    }
    return asChild ? rowCenter(rows.indexOf(edge)) : HEADER / 2;
  }

  static double rowCenter(int row) {
    return HEADER + 3 + ROW * row + ROW / 2;
  }

  void measure() {
    if (node == null) {
      return;
    }
    double header = Words.width(Words.fit(node.name()), NAME_SIZE) * 1.06 + 24;
    if (node.rows() != null) {
      header += Words.width(SvgRenderer.count(node.rows()), BADGE_SIZE) + 26;
    }
    double widest = Math.max(110, header);
    for (Edge edge : rows) {
      double columns = Words.width(Words.fit(edge.columns()), ROW_SIZE);
      widest = Math.max(widest, columns + badgeWidth(edge) + 34);
    }
    width = Math.ceil(widest);
  }

  static double badgeWidth(Edge edge) {
    return Math.ceil(Words.width(Effect.word(edge.onDelete()), BADGE_SIZE) + 12);
  }
}
