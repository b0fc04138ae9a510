package org.lethe.diagram;

import java.util.Collection;

/** The colours' meaning, in as many lines as the width asks for. */
final class Legend {

  private static final double LINE = 20;
  private static final double SAMPLE = 26;

  private final StringBuilder svg = new StringBuilder();
  private final double height;

  /**
   * @param cssClass as the edges it explains
   */
  record Item(String cssClass, String meaning) {}

  Legend(Collection<Item> items, double width) {
    double x = 0;
    double y = 0;
    for (Item item : items) {
      double wide = SAMPLE + 8 + Words.width(item.meaning(), Vertex.ROW_SIZE) + 18;
      if (x > 0 && x + wide > width) {
        x = 0;
        y += LINE;
      }
      svg.append("<g class=\"edge ").append(item.cssClass()).append("\"><path d=\"M");
      svg.append(SvgRenderer.n(x)).append(' ').append(SvgRenderer.n(y + 10)).append("h");
      svg.append(SvgRenderer.n(SAMPLE)).append("\"/></g>\n<text class=\"soft small\" x=\"");
      svg.append(SvgRenderer.n(x + SAMPLE + 8)).append("\" y=\"").append(SvgRenderer.n(y + 14));
      svg.append("\">").append(Xml.escape(item.meaning())).append("</text>\n");
      x += wide;
    }
    height = items.isEmpty() ? 0 : y + LINE;
  }

  double height() {
    return height;
  }

  String draw() {
    return svg.toString();
  }
}
