package org.lethe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.schema.Catalog;
import org.lethe.schema.CatalogFixture;
import org.lethe.schema.ForeignKey.Rule;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** What a policy's names and rules mean in a database. */
class PolicyResolverTest {

  @Test
  void theDatabasesOwnRuleHoldsUntilThePolicySaysOtherwise() {
    Catalog shop = Shop.catalog();
    Decisions none = Decisions.resolve(Policy.empty(), shop);

    assertThat(of(none, "message.sender_id").onDelete()).isEqualTo(OnDelete.SET_NULL);
    assertThat(of(none, "message.sender_id").origin()).isEqualTo(Decision.Origin.DATABASE);
    assertThat(of(none, "invoice.customer_id").onDelete()).isEqualTo(OnDelete.UNDECIDED);
    assertThat(of(none, "invoice.customer_id").origin()).isEqualTo(Decision.Origin.NOBODY);

    Decisions said = resolve(shop, "relations: { message.sender_id: protect }");
    assertThat(of(said, "message.sender_id").onDelete()).isEqualTo(OnDelete.PROTECT);
    assertThat(of(said, "message.sender_id").origin()).isEqualTo(Decision.Origin.POLICY);
  }

  @Test
  void anOwnerAloneLeavesTheRuleToTheDatabase() {
    Decisions said =
        resolve(Shop.catalog(), "relations: { message.sender_id: { owner: mentioned } }");

    assertThat(of(said, "message.sender_id"))
        .extracting(Decision::onDelete, Decision::owner, Decision::origin)
        .containsExactly(OnDelete.SET_NULL, Ownership.MENTIONED, Decision.Origin.DATABASE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invoice.customer_id",
        "public.invoice.customer_id",
        "INVOICE.Customer_ID",
        "invoice(customer_id)",
        "invoice . customer_id",
        "'\"invoice\".\"customer_id\"'",
        "invoice.customer_id -> customer",
        "invoice.customer_id -> public.customer"
      })
  void aForeignKeyIsFoundByAnyOfItsNames(String name) {
    Decisions said = resolve(Shop.catalog(), "relations: { ? " + name + " : cascade }");

    assertThat(of(said, "invoice.customer_id").onDelete()).isEqualTo(OnDelete.CASCADE);
  }

  @Test
  void columnsMayStandInAnyOrder() {
    CatalogFixture schema = new CatalogFixture();
    schema
        .table("place")
        .column("country", "text")
        .column("zip", "text")
        .key(true, "country", "zip");
    schema
        .table("shop")
        .id("id")
        .column("country", "text")
        .column("zip", "text")
        .references(
            List.of("country", "zip"),
            new TableId("public", "place"),
            List.of("country", "zip"),
            Rule.NO_ACTION);

    Decisions said = resolve(schema.build(), "relations: { 'shop(zip, country)': cascade }");

    assertThat(of(said, "shop(country, zip)").onDelete()).isEqualTo(OnDelete.CASCADE);
  }

  @Test
  void anArrowTellsTwoForeignKeysOnOneColumnApart() {
    CatalogFixture schema = new CatalogFixture();
    schema.table("person").id("id");
    schema.table("company").id("id");
    schema
        .table("payment")
        .id("id")
        .column("party", "integer")
        .references("party", "person", Rule.NO_ACTION)
        .references("party", "company", Rule.NO_ACTION);
    Catalog catalog = schema.build();

    Decisions said = resolve(catalog, "relations: { payment.party -> company: cascade }");

    assertThat(of(said, "payment.party -> company").onDelete()).isEqualTo(OnDelete.CASCADE);
    assertThat(of(said, "payment.party -> person").onDelete()).isEqualTo(OnDelete.UNDECIDED);
    assertThatThrownBy(() -> resolve(catalog, "relations: { payment.party: cascade }"))
        .hasMessageContaining("means any of 2 foreign keys")
        .hasMessageContaining("payment.party -> company or payment.party -> person");
  }

  @Test
  void aPolicysSchemasComeBeforeTheSearchPath() {
    CatalogFixture schema = Shop.fixture();
    schema.table(new TableId("support", "customer")).id("id").column("nickname", "text");
    Catalog catalog = schema.build();

    Decisions said =
        resolve(
            catalog, "schemas: [support, public]\ntables: { customer: { label: '{nickname}' } }");

    assertThat(said.label(new TableId("support", "customer")).text()).isEqualTo("{nickname}");
    assertThat(said.label(new TableId("public", "customer")).text())
        .isEqualTo("{first_name} {last_name}");
  }

  @Test
  void labelsSpellColumnsAsTheDatabaseDoesAndNeverGuessASecret() {
    CatalogFixture schema = new CatalogFixture();
    schema.table("login").id("id").column("password_name", "text");
    schema.table("album").id("AlbumId").column("Title", "text");
    Catalog catalog = schema.build();

    Decisions guessed = Decisions.resolve(Policy.empty(), catalog);
    assertThat(guessed.label(new TableId("public", "login")).text()).isEmpty();
    assertThat(guessed.label(new TableId("public", "album")).text()).isEqualTo("{Title}");

    Decisions said = resolve(catalog, "tables: { album: { label: 'No. {albumid}: {TITLE}' } }");
    assertThat(said.label(new TableId("public", "album")).text())
        .isEqualTo("No. {AlbumId}: {Title}");
  }

  @Test
  void partitionsAreDecidedTogether() {
    CatalogFixture schema = new CatalogFixture();
    schema.table("customer").id("id");
    schema
        .table("payment")
        .id("id")
        .column("customer_id", "integer")
        .partitions(Table.PartitionBy.RANGE, "payment_1", "payment_2");
    for (String leaf : List.of("payment_1", "payment_2")) {
      schema
          .table(leaf)
          .id("id")
          .column("customer_id", "integer")
          .references("customer_id", "customer", Rule.NO_ACTION);
    }

    Decisions said = resolve(schema.build(), "relations: { payment.customer_id: cascade }");

    assertThat(said.graph().relations())
        .extracting(r -> said.of(r).onDelete())
        .containsOnly(OnDelete.CASCADE);
  }

  @Test
  void aPolicysHashIsThatOfItsMeaning() {
    String hash =
        read("relations: { message.sender_id: protect, invoice.customer_id: cascade }").hash();

    assertThat(
            read("# why\nrelations:\n  invoice.customer_id:   cascade\n  message.sender_id: 'protect'")
                .hash())
        .isEqualTo(hash);
    assertThat(
            read("relations: { message.sender_id: cascade, invoice.customer_id: cascade }").hash())
        .isNotEqualTo(hash);
  }

  @Test
  void theLinePastedForAnUndecidedRelationDecidesIt() {
    CatalogFixture schema = new CatalogFixture();
    TableId odd = new TableId("public", "Odd: \"table\" #1");
    schema.table("customer").id("id");
    schema.table(odd).id("id").column("{cust, id}", "integer");
    schema.table(odd).references("{cust, id}", "customer", Rule.NO_ACTION);
    Catalog catalog = schema.build();
    Decisions open = Decisions.resolve(Policy.empty(), catalog);
    Relation relation = open.graph().relations().iterator().next();

    Decisions decided = resolve(catalog, open.snippet(relation));

    assertThat(decided.of(relation).onDelete()).isEqualTo(OnDelete.CASCADE);
  }

  private static Decision of(Decisions decisions, String name) {
    return decisions.graph().relations().stream()
        .filter(r -> r.name().equals(name))
        .map(decisions::of)
        .findFirst()
        .orElseThrow();
  }

  private static Policy read(String yaml) {
    return PolicyReader.read("lethe.yaml", "version: 1\n" + yaml);
  }

  private static Decisions resolve(Catalog catalog, String yaml) {
    return Decisions.resolve(read(yaml), catalog);
  }
}
