package org.lethe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.schema.ForeignKey.Rule;
import org.lethe.schema.Table.PartitionBy;

/** The table {@code sale} has three partitions; {@code customer} and {@code partner} buy. */
class PartitionFoldingTest {

  private final CatalogFixture schema = new CatalogFixture();

  @BeforeEach
  void tables() {
    schema.table("customer").id("id");
    schema.table("partner").id("id");
    schema.table("sale").id("id").nullable("buyer", "integer");
    List.of("sale_1", "sale_2", "sale_3")
        .forEach(name -> schema.table(name).id("id").nullable("buyer", "integer"));
  }

  private void partitioned(PartitionBy by) {
    schema.table("sale").partitions(by, "sale_1", "sale_2", "sale_3");
  }

  private void key(String table, String target, Rule rule) {
    schema.table(table).references("buyer", target, rule);
  }

  /** Each as {@code name: where the children are -> where the parents are}. */
  private List<String> relations() {
    Catalog catalog = schema.build();
    return catalog.relations().stream()
        .map(
            r ->
                "%s: %s -> %s%s"
                    .formatted(
                        r.name(),
                        r.childScan().name(),
                        r.parentScan().name(),
                        r.everywhere() ? "" : " (not everywhere)"))
        .toList();
  }

  @Test
  void keepsAKeyOfTheWhole() {
    partitioned(PartitionBy.RANGE);
    key("sale", "customer", Rule.CASCADE);

    assertThat(relations()).containsExactly("sale.buyer: sale -> customer");
  }

  @Test
  void dropsWhatAPartitionRepeats() {
    partitioned(PartitionBy.RANGE);
    key("sale_2", "customer", Rule.CASCADE);
    key("sale", "customer", Rule.CASCADE);

    assertThat(relations()).containsExactly("sale.buyer: sale -> customer");
  }

  @Test
  void foldsKeysOfAllPartitions() {
    partitioned(PartitionBy.LIST);
    key("sale_1", "customer", Rule.CASCADE);
    key("sale_2", "customer", Rule.CASCADE);
    key("sale_3", "customer", Rule.CASCADE);

    assertThat(relations()).containsExactly("sale.buyer: sale -> customer");
    assertThat(schema.build().relations().get(0).foreignKey().table().name()).isEqualTo("sale_1");
  }

  @Test
  void countsASliceWithoutKeyAmongTheOthers() {
    partitioned(PartitionBy.RANGE);
    key("sale_1", "customer", Rule.CASCADE);
    key("sale_2", "customer", Rule.CASCADE);

    assertThat(relations()).containsExactly("sale.buyer: sale -> customer (not everywhere)");
  }

  @Test
  void doesNotGuessWhatAListKeepsApart() {
    partitioned(PartitionBy.LIST);
    key("sale_1", "customer", Rule.CASCADE);
    key("sale_2", "customer", Rule.CASCADE);

    assertThat(relations())
        .containsExactly("sale_1.buyer: sale_1 -> customer", "sale_2.buyer: sale_2 -> customer");
  }

  @Test
  void keepsPartitionsApartThatPointElsewhere() {
    partitioned(PartitionBy.HASH);
    key("sale_1", "customer", Rule.CASCADE);
    key("sale_2", "customer", Rule.CASCADE);
    key("sale_3", "partner", Rule.CASCADE);

    assertThat(relations())
        .containsExactly(
            "sale_1.buyer: sale_1 -> customer",
            "sale_2.buyer: sale_2 -> customer",
            "sale_3.buyer: sale_3 -> partner");
  }

  @Test
  void keepsPartitionsApartThatDisagreeOnTheRule() {
    partitioned(PartitionBy.RANGE);
    key("sale_1", "customer", Rule.CASCADE);
    key("sale_2", "customer", Rule.CASCADE);
    key("sale_3", "customer", Rule.SET_NULL);

    assertThat(relations()).hasSize(3);
  }

  @Test
  void knowsThatALevelBetweenCoversItsLeaves() {
    schema.table("sale").partitions(PartitionBy.LIST, "sale_1", "sale_2", "sale_3");
    schema
        .table("sale_23")
        .id("id")
        .nullable("buyer", "integer")
        .partitionOf("sale")
        .partitions(PartitionBy.RANGE, "sale_2", "sale_3");
    key("sale_1", "customer", Rule.CASCADE);
    key("sale_23", "customer", Rule.CASCADE);
    key("sale_3", "customer", Rule.CASCADE);

    assertThat(relations()).containsExactly("sale.buyer: sale -> customer");
  }

  @Test
  void keepsALevelBetweenApartWhereOthersDisagree() {
    schema.table("sale").partitions(PartitionBy.RANGE, "sale_1", "sale_2", "sale_3");
    schema
        .table("sale_23")
        .id("id")
        .nullable("buyer", "integer")
        .partitionOf("sale")
        .partitions(PartitionBy.RANGE, "sale_2", "sale_3");
    key("sale_1", "customer", Rule.CASCADE);
    key("sale_23", "partner", Rule.CASCADE);

    assertThat(relations())
        .containsExactly("sale_1.buyer: sale_1 -> customer", "sale_23.buyer: sale_23 -> partner");
  }

  @Test
  void pointsAtOnePartition() {
    partitioned(PartitionBy.RANGE);
    schema.table("refund").id("id").belongsTo("sale_2", "sale", Rule.CASCADE);

    assertThat(relations()).containsExactly("refund.sale: refund -> sale_2");
    assertThat(schema.build().relations().get(0).parent().name()).isEqualTo("sale");
  }

  @Test
  void tellsTwoKeysOnTheSameColumnsApart() {
    key("sale", "customer", Rule.CASCADE);
    key("sale", "partner", Rule.CASCADE);

    assertThat(relations())
        .containsExactly(
            "sale.buyer -> customer: sale -> customer", "sale.buyer -> partner: sale -> partner");
  }

  @Test
  void countsAKeyThatIsDeclaredTwiceOnce() {
    key("sale", "customer", Rule.CASCADE);
    key("sale", "customer", Rule.CASCADE);

    assertThat(relations()).containsExactly("sale.buyer: sale -> customer");
  }

  @Test
  void keepsBothOfTwoKeysThatDiffer() {
    key("sale", "customer", Rule.CASCADE);
    key("sale", "customer", Rule.RESTRICT);

    assertThat(relations())
        .containsExactly(
            "sale.buyer -> customer: sale -> customer",
            "sale.buyer -> customer (sale_fk1): sale -> customer");
  }
}
