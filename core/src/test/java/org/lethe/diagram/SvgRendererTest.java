package org.lethe.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.lethe.diagram.Diagram.Edge;
import org.lethe.diagram.Diagram.Node;
import org.lethe.policy.Decision;
import org.lethe.policy.OnDelete;
import org.lethe.schema.TableId;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgRendererTest {

  private static final String HOSTILE = "a\"><script>alert(1)</script>&amp;'\u0000\u0007]]>%s";

  @Test
  void drawsEveryTableAndEveryRelation() throws Exception {
    Document svg = parse(SvgRenderer.render(Shop.around("customer")));

    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(texts(svg, "name")).contains("customer", "invoice", "invoice_line", "employee");
    assertThat(groups(svg, "edge"))
        .hasSize(Shop.around("customer").edges().size() + 3 /* legend */);
    assertThat(texts(svg, "title")).containsExactly("What hangs on customer");
  }

  @Test
  void escapesHostileNames() throws Exception {
    TableId id = new TableId("public", HOSTILE);
    Diagram diagram =
        new Diagram(
            HOSTILE,
            id,
            List.of(new Node(id, HOSTILE, 3L, 2)),
            List.of(
                new Edge(
                    HOSTILE, id, id, HOSTILE, OnDelete.CASCADE, Decision.Origin.POLICY, true)));

    String text = SvgRenderer.render(diagram);

    assertThat(text).doesNotContain("<script");
    assertThat(texts(parse(text), "title").get(0)).contains("<script>alert(1)</script>&amp;'");
  }

  @Test
  void carriesNothingFromElsewhere() {
    String svg = SvgRenderer.render(Shop.around("customer"));

    assertThat(svg.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http", "url(", "@import");
    assertThat(svg).contains("prefers-color-scheme:dark");
  }

  @Test
  void showsCountsWhereGiven() throws Exception {
    Diagram diagram =
        Shop.around("customer").withRows(Map.of(new TableId("public", "invoice"), 1234567L));

    assertThat(SvgRenderer.render(diagram)).contains(">1,234,567<");
  }

  @Test
  void boxesNeverOverlapAndEdgesLeadRight() {
    Diagram diagram = random(250, 450, 7);
    Layout layout = new Layout(diagram);

    List<Vertex> boxes = diagram.nodes().stream().map(n -> layout.vertex(n.table())).toList();
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = i + 1; j < boxes.size(); j++) {
        Vertex a = boxes.get(i);
        Vertex b = boxes.get(j);
        boolean apart =
            a.x + a.width <= b.x
                || b.x + b.width <= a.x
                || a.top + a.height() <= b.top
                || b.top + b.height() <= a.top;
        assertThat(apart).as("%s and %s", a.node, b.node).isTrue();
      }
    }
    for (Edge edge : diagram.edges()) {
      layout.chain(edge).forEach(s -> assertThat(s.to().layer).isEqualTo(s.from().layer + 1));
    }
  }

  @Test
  void sweepsReduceCrossings() {
    List<List<Vertex>> layers = new ArrayList<>();
    for (int layer = 0; layer < 2; layer++) {
      List<Vertex> vertices = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Vertex v = new Vertex(null);
        v.layer = layer;
        v.order = i;
        vertices.add(v);
      }
      layers.add(vertices);
    }
    Edge edge = Shop.around("customer").edges().get(0);
    for (int i = 0; i < 6; i++) {
      Vertex from = layers.get(0).get(i);
      Vertex to = layers.get(1).get(5 - i);
      var segment = new Vertex.Segment(from, to, edge, false);
      from.out.add(segment);
      to.in.add(segment);
    }
    assertThat(Ordering.crossings(layers)).isEqualTo(15);

    Ordering.reduceCrossings(layers);

    assertThat(Ordering.crossings(layers)).isZero();
  }

  @Test
  void drawsAnEmptySchema() throws Exception {
    Diagram diagram = new Diagram("nothing", null, List.of(), List.of());

    assertThat(parse(SvgRenderer.render(diagram)).getDocumentElement().getTagName())
        .isEqualTo("svg");
  }

  static Diagram random(int tables, int relations, long seed) {
    Random random = new Random(seed);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < tables; i++) {
      nodes.add(new Node(new TableId("public", "table_" + i), "table_" + i, null, 0));
    }
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < relations; i++) {
      int child = random.nextInt(tables);
      int parent = random.nextInt(10) == 0 ? random.nextInt(tables) : random.nextInt(child / 3 + 1);
      edges.add(
          new Edge(
              "r" + i,
              nodes.get(parent).table(),
              nodes.get(child).table(),
              nodes.get(parent).name() + "_id",
              i % 3 == 0 ? OnDelete.CASCADE : i % 3 == 1 ? OnDelete.SET_NULL : OnDelete.UNDECIDED,
              Decision.Origin.POLICY,
              i % 20 == 0));
    }
    return new Diagram("random", null, nodes, edges);
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<String> texts(Document svg, String cssClass) {
    return elements(svg, "text").stream()
        .filter(e -> e.getAttribute("class").equals(cssClass))
        .map(Element::getTextContent)
        .toList();
  }

  private static List<Element> groups(Document svg, String cssClass) {
    return elements(svg, "g").stream()
        .filter(e -> List.of(e.getAttribute("class").split(" ")).contains(cssClass))
        .toList();
  }

  private static List<Element> elements(Document svg, String tag) {
    NodeList found = svg.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}
