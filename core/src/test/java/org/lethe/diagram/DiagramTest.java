package org.lethe.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.diagram.Diagram.Edge;
import org.lethe.diagram.Diagram.Node;
import org.lethe.policy.Decisions;
import org.lethe.policy.DecisionsFixture;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Catalog;
import org.lethe.schema.CatalogFixture;
import org.lethe.schema.ForeignKey.Rule;
import org.lethe.schema.Link;
import org.lethe.schema.TableId;

class DiagramTest {

  private static final TableId CUSTOMER = new TableId("public", "customer");
  private static final TableId PAYMENT = new TableId("public", "payment");
  private static final TableId FIRST = new TableId("public", "payment_1");
  private static final TableId SECOND = new TableId("public", "payment_2");
  private static final TableId THIRD = new TableId("public", "payment_3");

  @Test
  void showsWhatHangsOnATableAndWhatItHangsOn() {
    Diagram near = Diagram.around(Shop.decisions(), new TableId("public", "address"), 1);

    assertThat(names(near)).containsExactly("address", "customer", "invoice");
    assertThat(near.nodes().get(1).beyond()).as("review.customer_id is left out").isEqualTo(1);
    assertThat(names(Diagram.around(Shop.decisions(), new TableId("public", "address"), 2)))
        .containsExactly("address", "customer", "invoice", "invoice_line", "review");
  }

  @Test
  void withoutACenterEveryTableIsShown() {
    assertThat(names(Diagram.around(Shop.decisions(), null, 0)))
        .containsExactly(
            "address",
            "customer",
            "employee",
            "invoice",
            "invoice_line",
            "review",
            "setting",
            "track");
  }

  @Test
  void theReachIsTheRootAndWhateverHasACount() {
    Diagram reach =
        Diagram.reach(Shop.decisions(), CUSTOMER, Map.of(new TableId("public", "review"), 12L));

    assertThat(names(reach)).containsExactly("customer", "review");
    assertThat(reach.nodes().get(1).rows()).isEqualTo(12L);
    assertThat(reach.edges()).extracting(Edge::relation).containsExactly("review.customer_id");
  }

  @Test
  void relationsOfSinglePartitionsAreDrawnAsOneWhileTheyAreAlike() {
    Decisions alike =
        DecisionsFixture.of(
            partitioned(),
            List.of(),
            Map.of(
                "payment_1.customer_id", OnDelete.CASCADE,
                "payment_2.customer_id", OnDelete.CASCADE));
    Decisions different =
        DecisionsFixture.of(
            partitioned(), List.of(), Map.of("payment_1.customer_id", OnDelete.CASCADE));

    List<Edge> one = Diagram.around(alike, CUSTOMER, 1).edges();

    assertThat(one).hasSize(1);
    assertThat(one.get(0).columns()).isEqualTo("customer_id ×2");
    assertThat(one.get(0).relation()).isEqualTo("payment_1.customer_id, payment_2.customer_id");
    assertThat(Diagram.around(different, CUSTOMER, 1).edges()).hasSize(2);
  }

  @Test
  void linksSayTheirConditionAndPath() {
    Link link =
        new Link(
            "payment(kind='card', data) -> customer",
            PAYMENT,
            List.of("data"),
            CUSTOMER,
            List.of("id"),
            Map.of("kind", "card"),
            Link.Normaliser.NONE,
            "$.customer");
    Decisions decisions =
        DecisionsFixture.of(partitioned(), List.of(link), Map.of(link.name(), OnDelete.CASCADE));

    assertThat(Diagram.around(decisions, CUSTOMER, 1).edges())
        .filteredOn(Edge::link)
        .extracting(Edge::columns)
        .containsExactly("kind=card, data $.customer");
  }

  @Test
  void anUnknownCenterIsRefused() {
    assertThatThrownBy(() -> Diagram.around(Shop.decisions(), new TableId("public", "nowhere"), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> names(Diagram diagram) {
    return diagram.nodes().stream().map(Node::name).toList();
  }

  /** Two of three partitions have a key of their own. */
  private static Catalog partitioned() {
    CatalogFixture schema = new CatalogFixture();
    schema.table("customer").id("id");
    schema.table("payment").partitions(FIRST, SECOND, THIRD);
    schema
        .table("payment_1")
        .partitionOf(PAYMENT)
        .belongsTo("customer", "customer_id", Rule.NO_ACTION);
    schema
        .table("payment_2")
        .partitionOf(PAYMENT)
        .belongsTo("customer", "customer_id", Rule.NO_ACTION);
    schema.table("payment_3").partitionOf(PAYMENT);
    return schema.build();
  }
}
