package org.lethe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RelationGraphTest {

  /** Child and parent, by the names of their tables. */
  private record Edge(String child, String parent) {}

  private static TableId id(String name) {
    return new TableId("public", name);
  }

  private static Relation relation(Edge edge) {
    return new Link(
        edge.child() + "." + edge.parent(),
        id(edge.child()),
        List.of("x"),
        id(edge.parent()),
        List.of("id"),
        Map.of(),
        Link.Normaliser.NONE,
        null);
  }

  private static RelationGraph graph(List<Edge> edges) {
    return new RelationGraph(edges.stream().map(RelationGraphTest::relation).toList());
  }

  /** Edges written {@code child>parent}. */
  private static RelationGraph graph(String... edges) {
    List<Edge> parsed = new ArrayList<>();
    for (String edge : edges) {
      int arrow = edge.indexOf('>');
      parsed.add(new Edge(edge.substring(0, arrow), edge.substring(arrow + 1)));
    }
    return graph(parsed);
  }

  private static Set<TableId> ids(String... names) {
    Set<TableId> ids = new TreeSet<>();
    for (String name : names) {
      ids.add(id(name));
    }
    return ids;
  }

  @Test
  void knowsBothEndsOfARelation() {
    RelationGraph graph = graph("line>invoice", "invoice>customer", "note>customer");

    assertThat(graph.into(id("customer")))
        .extracting(Relation::name)
        .containsExactly("invoice.customer", "note.customer");
    assertThat(graph.outOf(id("invoice")))
        .extracting(Relation::name)
        .containsExactly("invoice.customer");
    assertThat(graph.into(id("line"))).isEmpty();
  }

  @Test
  void reachesChildrenNearestFirst() {
    RelationGraph graph =
        graph("line>invoice", "invoice>customer", "line>track", "customer>agent", "line>customer");

    assertThat(graph.distances(ids("customer"), r -> true))
        .containsExactly(
            Map.entry(id("customer"), 0), Map.entry(id("invoice"), 1), Map.entry(id("line"), 1));
    assertThat(graph.reach(ids("customer"), r -> !r.name().equals("line.customer")))
        .isEqualTo(ids("customer", "invoice", "line"));
    assertThat(graph.reach(ids("customer"), r -> false)).isEqualTo(ids("customer"));
  }

  @Test
  void putsParentsBeforeChildrenAndCirclesTogether() {
    RelationGraph graph = graph("a>b", "b>c", "c>b", "d>a", "e>e", "c>f");

    assertThat(graph.components(ids("a", "b", "c", "d", "e", "f"), r -> true))
        .containsExactly(ids("f"), ids("b", "c"), ids("a"), ids("d"), ids("e"));
    assertThat(graph.components(ids("b", "c"), r -> !r.name().equals("c.b")))
        .containsExactly(ids("c"), ids("b"));
    assertThat(graph.components(ids("a", "c"), r -> true))
        .as("b is not asked for, so a does not hang on c")
        .containsExactly(ids("a"), ids("c"));
  }

  @Test
  void standsAChainOfAHundredThousandTables() {
    int length = 100_000;
    List<Edge> chain =
        IntStream.range(1, length).mapToObj(i -> new Edge(name(i), name(i - 1))).toList();
    List<Edge> ring = new ArrayList<>(chain);
    ring.add(new Edge(name(0), name(length - 1)));
    List<TableId> all = IntStream.range(0, length).mapToObj(i -> id(name(i))).toList();

    List<Set<TableId>> components = graph(chain).components(all, r -> true);

    assertThat(components).hasSize(length);
    assertThat(components.get(0)).containsExactly(id(name(0)));
    assertThat(components.get(length - 1)).containsExactly(id(name(length - 1)));
    assertThat(graph(ring).components(all, r -> true))
        .singleElement()
        .satisfies(c -> assertThat(c).hasSize(length));
    assertThat(graph(chain).distances(List.of(id(name(0))), r -> true))
        .hasSize(length)
        .containsEntry(id(name(length - 1)), length - 1);
  }

  private static String name(int i) {
    return "t%06d".formatted(i);
  }

  /** What the graph must find, the slow way: who hangs on whom over any number of relations. */
  private static Map<String, Set<String>> closure(Set<String> tables, List<Edge> edges) {
    Map<String, Set<String>> parents = new TreeMap<>();
    tables.forEach(t -> parents.put(t, new TreeSet<>(Set.of(t))));
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Edge edge : edges) {
        if (tables.contains(edge.child()) && tables.contains(edge.parent())) {
          for (Set<String> reached : parents.values()) {
            grew |= reached.contains(edge.child()) && reached.add(edge.parent());
          }
        }
      }
    }
    return parents;
  }

  @Property(tries = 1000)
  void componentsAreTheCirclesInOrder(
      @ForAll("edges") List<Edge> edges, @ForAll("tables") Set<String> tables) {
    Map<String, Set<String>> above = closure(tables, edges);
    Set<TableId> asked = ids(tables.toArray(String[]::new));

    List<Set<TableId>> components = graph(edges).components(asked, r -> true);

    Map<String, Integer> position = new LinkedHashMap<>();
    for (int i = 0; i < components.size(); i++) {
      for (TableId table : components.get(i)) {
        assertThat(position.put(table.name(), i)).as("each table once").isNull();
      }
    }
    assertThat(position.keySet()).isEqualTo(tables);
    above.forEach(
        (table, parents) ->
            tables.forEach(
                other -> {
                  boolean circle =
                      parents.contains(other)
                          && above.getOrDefault(other, Set.of()).contains(table);
                  assertThat(Objects.equals(position.get(table), position.get(other)))
                      .isEqualTo(circle);
                  if (parents.contains(other) && !circle) {
                    assertThat(position.get(other)).isLessThan(position.get(table));
                  }
                }));
    List<Edge> shuffled = new ArrayList<>(edges);
    Collections.reverse(shuffled);
    assertThat(graph(shuffled).components(asked, r -> true)).isEqualTo(components);
  }

  @Property(tries = 1000)
  void reachIsEverythingThatHangsOnARoot(
      @ForAll("edges") List<Edge> edges, @ForAll("tables") Set<String> roots) {
    Set<String> all = new TreeSet<>(roots);
    edges.forEach(e -> all.addAll(List.of(e.child(), e.parent())));
    Set<TableId> expected = new HashSet<>();
    closure(all, edges)
        .forEach(
            (table, above) -> {
              if (!Collections.disjoint(above, roots)) {
                expected.add(id(table));
              }
            });

    assertThat(graph(edges).reach(ids(roots.toArray(String[]::new)), r -> true))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Provide
  Arbitrary<List<Edge>> edges() {
    return Combinators.combine(table(), table()).as(Edge::new).list().ofMaxSize(20);
  }

  @Provide
  Arbitrary<Set<String>> tables() {
    return table().set().ofMaxSize(8);
  }

  private static Arbitrary<String> table() {
    return Arbitraries.of("a", "b", "c", "d", "e", "f", "g", "h");
  }
}
