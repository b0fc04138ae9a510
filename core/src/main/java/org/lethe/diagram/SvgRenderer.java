package org.lethe.diagram;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.lethe.diagram.Diagram.Edge;
import org.lethe.diagram.Diagram.Node;
import org.lethe.diagram.Vertex.Segment;
import org.lethe.policy.OnDelete;

/**
 * Draws a diagram as one self-contained SVG document: no script, no font or picture from elsewhere,
 * light and dark by the reader's preference. Every name is escaped. Fit for a page, a README, a
 * terminal's browser or an editor.
 */
public final class SvgRenderer {

  private static final double MARGIN = 24;
  private static final double LEAST_WIDTH = 460;

  private final Diagram diagram;
  private final Layout layout;
  private final StringBuilder svg = new StringBuilder();

  private SvgRenderer(Diagram diagram) {
    this.diagram = diagram;
    this.layout = new Layout(diagram);
  }

  public static String render(Diagram diagram) {
    return new SvgRenderer(diagram).draw();
  }

  static String count(long rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }

  private String draw() {
    double width = Math.max(layout.width(), LEAST_WIDTH);
    Legend legend = new Legend(legendItems(), width);
    double top = MARGIN + 52 + legend.height() + 20;
    double fullWidth = Math.ceil(width + 2 * MARGIN);
    double fullHeight = Math.ceil(top + layout.height() + MARGIN);
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"lethe-graph\" role=\"img\" width=\"%s\""
            + " height=\"%s\" viewBox=\"0 0 %s %s\">",
        n(fullWidth), n(fullHeight), n(fullWidth), n(fullHeight));
    line("<title>%s</title>", Xml.escape(diagram.title()));
    line("<desc>%s</desc>", Xml.escape(description()));
    line("<style>%s</style>", SvgStyle.CSS);
    line("<rect class=\"page\" width=\"%s\" height=\"%s\"/>", n(fullWidth), n(fullHeight));
    line("<g transform=\"translate(%s %s)\">", n(MARGIN), n(MARGIN));
    line("<text class=\"title\" y=\"18\">%s</text>", Xml.escape(diagram.title()));
    line("<text class=\"soft\" y=\"40\">%s</text>", Xml.escape(summary()));
    line("<g transform=\"translate(0 52)\">");
    svg.append(legend.draw());
    line("</g>");
    line("</g>");
    line("<g transform=\"translate(%s %s)\">", n(MARGIN), n(top));
    diagram.edges().forEach(this::edge);
    diagram.nodes().forEach(this::box);
    line("</g>");
    line("</svg>");
    return svg.toString();
  }

  private String summary() {
    int tables = diagram.nodes().size();
    int relations = diagram.edges().size();
    return tables
        + (tables == 1 ? " table, " : " tables, ")
        + relations
        + (relations == 1 ? " relation" : " relations")
        + ". Lines lead from a table to what hangs on it.";
  }

  private String description() {
    List<String> sentences = new ArrayList<>();
    for (Edge e : diagram.edges()) {
      sentences.add(e.relation() + ": " + e.onDelete());
    }
    return summary() + (sentences.isEmpty() ? "" : " " + String.join("; ", sentences) + ".");
  }

  private Collection<Legend.Item> legendItems() {
    Set<Effect> used = EnumSet.noneOf(Effect.class);
    boolean links = false;
    for (Edge e : diagram.edges()) {
      used.add(Effect.of(e.onDelete()));
      links |= e.link();
    }
    List<Legend.Item> items = new ArrayList<>();
    used.forEach(effect -> items.add(new Legend.Item(effect.cssClass, effect.meaning)));
    if (links) {
      items.add(new Legend.Item("link", "link: declared in the policy only"));
    }
    return items;
  }

  private void edge(Edge edge) {
    String effect = Effect.of(edge.onDelete()).cssClass;
    line("<g class=\"edge %s%s\">", effect, edge.link() ? " link" : "");
    line("<title>%s</title>", Xml.escape(explain(edge)));
    if (edge.loop()) {
      loop(edge);
    } else {
      curve(edge);
    }
    line("</g>");
  }

  private String explain(Edge edge) {
    String who =
        switch (edge.origin()) {
          case POLICY -> "by the policy";
          case DATABASE -> "by the database's own rule";
          case NOBODY -> "decide in the policy";
          case CHOICE -> "chosen for this removal";
        };
    return edge.relation() + ": " + edge.onDelete() + " (" + who + ")";
  }

  private void curve(Edge edge) {
    List<Segment> chain = layout.chain(edge);
    Segment first = chain.get(0);
    StringBuilder path = new StringBuilder();
    double x = first.from().x + first.from().width;
    path.append("M").append(n(x)).append(' ').append(n(first.from().top + first.fromPort()));
    for (Segment s : chain) {
      double fromY = s.from().top + s.fromPort();
      double toX = s.to().x;
      double toY = s.to().top + s.toPort();
      // Short boxes in a wide layer: run level to the layer's end, then bend.
      double end = s.from().x + layout.layerWidth(s.from().layer);
      path.append("H").append(n(end));
      double bend = (end + toX) / 2;
      path.append(
          String.format(
              Locale.ROOT,
              "C%s %s %s %s %s %s",
              n(bend),
              n(fromY),
              n(bend),
              n(toY),
              n(toX),
              n(toY)));
    }
    line("<path d=\"%s\"/>", path);
    if (first.reversed()) {
      arrow(x, first.from().top + first.fromPort(), -1);
    } else {
      Segment last = chain.get(chain.size() - 1);
      arrow(last.to().x, last.to().top + last.toPort(), 1);
    }
  }

  private void loop(Edge edge) {
    Vertex v = layout.vertex(edge.child());
    double x = v.x + v.width;
    double from = v.top + Vertex.HEADER / 2;
    double to = v.top + Vertex.rowCenter(v.rows.indexOf(edge));
    line(
        "<path d=\"M%s %sC%s %s %s %s %s %s\"/>",
        n(x), n(from), n(x + 26), n(from), n(x + 26), n(to), n(x), n(to));
    arrow(x, to, -1);
  }

  private void arrow(double x, double y, int direction) {
    double tail = x - 8.0 * direction;
    line(
        "<path class=\"tip\" d=\"M%s %sL%s %sL%s %sZ\"/>",
        n(x), n(y), n(tail), n(y - 4), n(tail), n(y + 4));
  }

  private void box(Node node) {
    Vertex v = layout.vertex(node.table());
    String kind = node.table().equals(diagram.center()) ? "table center" : "table";
    line("<g class=\"%s\" transform=\"translate(%s %s)\">", kind, n(v.x), n(v.top));
    line("<title>%s</title>", Xml.escape(node.name()));
    line("<rect class=\"box\" width=\"%s\" height=\"%s\" rx=\"7\"/>", n(v.width), n(v.height()));
    line("<text class=\"name\" x=\"12\" y=\"20\">%s</text>", Xml.escape(Words.fit(node.name())));
    if (node.rows() != null) {
      String rows = count(Objects.requireNonNull(node.rows()));
      double width = Words.width(rows, Vertex.BADGE_SIZE) + 14;
      pill("rows", rows, v.width - width - 8, Vertex.HEADER / 2, width);
    }
    if (v.height() > Vertex.HEADER) {
      line("<path class=\"rule\" d=\"M0 %sH%s\"/>", n(Vertex.HEADER), n(v.width));
    }
    for (int i = 0; i < v.rows.size(); i++) {
      row(v, v.rows.get(i), Vertex.rowCenter(i));
    }
    if (node.beyond() > 0) {
      line(
          "<text class=\"soft small\" x=\"12\" y=\"%s\">+ %s more</text>",
          n(Vertex.rowCenter(v.rows.size()) + 4), node.beyond());
    }
    line("</g>");
  }

  private void row(Vertex v, Edge edge, double center) {
    OnDelete onDelete = edge.onDelete();
    line(
        "<text class=\"column\" x=\"12\" y=\"%s\">%s</text>",
        n(center + 4), Xml.escape(Words.fit(edge.columns())));
    double width = Vertex.badgeWidth(edge);
    pill(Effect.of(onDelete).cssClass, Effect.word(onDelete), v.width - width - 8, center, width);
  }

  private void pill(String cssClass, String text, double x, double center, double width) {
    line(
        "<g class=\"pill %s\"><rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"15\" rx=\"7.5\"/>"
            + "<text x=\"%s\" y=\"%s\">%s</text></g>",
        cssClass,
        n(x),
        n(center - 7.5),
        n(width),
        n(x + width / 2),
        n(center + 3.5),
        Xml.escape(text));
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** A coordinate: at most one decimal. */
  static String n(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded);
  }
}
