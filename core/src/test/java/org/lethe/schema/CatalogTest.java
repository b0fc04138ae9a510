package org.lethe.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {

  private static final TableId SHOP_CUSTOMER = new TableId("shop", "customer");
  private static final TableId PUBLIC_CUSTOMER = new TableId("public", "customer");
  private static final TableId ODD = new TableId("shop", "a.b");

  private static Catalog catalog(List<String> searchPath, TableId... ids) {
    CatalogFixture fixture = new CatalogFixture();
    Arrays.stream(ids).forEach(id -> fixture.table(id).id("id"));
    Catalog built = fixture.build();
    return new Catalog(
        built.product(), built.version(), searchPath, built.tables().values(), List.of());
  }

  @Test
  void findsAlongTheSearchPath() {
    Catalog catalog = catalog(List.of("shop", "public"), PUBLIC_CUSTOMER, SHOP_CUSTOMER, ODD);

    assertThat(catalog.find("customer")).contains(SHOP_CUSTOMER);
    assertThat(catalog.find("public.customer")).contains(PUBLIC_CUSTOMER);
    assertThat(catalog.find("\"a.b\"")).contains(ODD);
    assertThat(catalog.find("a.b")).isEmpty();
    assertThat(catalog.find("nothing")).isEmpty();
    assertThat(catalog.find("elsewhere.customer")).isEmpty();
    assertThat(catalog.find("db.public.customer")).isEmpty();
    assertThat(catalog.find("\"customer")).isEmpty();
  }

  @Test
  void findsNothingUnqualifiedOffTheSearchPath() {
    Catalog catalog = catalog(List.of(), SHOP_CUSTOMER);

    assertThat(catalog.find("customer")).isEmpty();
    assertThat(catalog.find("shop.customer")).contains(SHOP_CUSTOMER);
  }

  @Test
  void forgivesLetterCaseOnlyWhereItIsClear() {
    TableId upper = new TableId("a", "Order");
    TableId capitals = new TableId("a", "ORDER");
    TableId later = new TableId("b", "oRDER");
    TableId user = new TableId("b", "User");
    Catalog catalog = catalog(List.of("a", "b"), upper, capitals, later, user);

    assertThat(catalog.find("ORDER")).contains(capitals);
    assertThat(catalog.find("oRDER")).contains(later);
    assertThat(catalog.find("order")).as("two of a are alike").isEmpty();
    assertThat(catalog.find("user")).contains(user);
    assertThat(catalog.find("B.USER")).contains(user);
  }

  @Test
  void showsNamesThatAreFoundAgain() {
    Catalog catalog = catalog(List.of("shop", "public"), PUBLIC_CUSTOMER, SHOP_CUSTOMER, ODD);

    assertThat(catalog.displayName(SHOP_CUSTOMER)).isEqualTo("customer");
    assertThat(catalog.displayName(PUBLIC_CUSTOMER)).isEqualTo("public.customer");
    assertThat(catalog.displayName(ODD)).isEqualTo("\"a.b\"");
    assertThat(catalog.displayName(ODD, List.of("x y"))).isEqualTo("\"a.b\".\"x y\"");
    assertThat(catalog.displayName(SHOP_CUSTOMER, List.of("a", "b c")))
        .isEqualTo("customer(a, \"b c\")");
    assertThat(catalog.tables().keySet())
        .allSatisfy(id -> assertThat(catalog.find(catalog.displayName(id))).contains(id));
  }

  @Test
  void knowsTheWholeOfAPartition() {
    CatalogFixture fixture = new CatalogFixture();
    fixture.table("sale").id("id").partitions(Table.PartitionBy.RANGE, "sale_1");
    fixture.table("customer").id("id");
    Catalog catalog = fixture.build();

    TableId sale = new TableId("public", "sale");
    assertThat(catalog.whole(new TableId("public", "sale_1"))).isEqualTo(sale);
    assertThat(catalog.whole(sale)).isEqualTo(sale);
    assertThat(catalog.whole(PUBLIC_CUSTOMER)).isEqualTo(PUBLIC_CUSTOMER);
  }

  @Test
  void saysWhichTableThereIsNot() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalog(List.of()).table(SHOP_CUSTOMER))
        .withMessage("no table shop.customer in the catalog");
  }
}
