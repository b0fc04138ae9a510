package org.lethe.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lethe.checklist.report.FindingsJson;
import org.lethe.checklist.report.FindingsText;
import org.lethe.policy.Decisions;
import org.lethe.policy.DecisionsFixture;
import org.lethe.policy.OnDelete;
import org.lethe.policy.Policy;
import org.lethe.policy.PolicyException;
import org.lethe.policy.PolicyFinding;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.Catalog;
import org.lethe.schema.CatalogFixture;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.ForeignKey.Rule;
import org.lethe.schema.Index;
import org.lethe.schema.Link;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

class ChecklistTest {

  private final CatalogFixture schema = new CatalogFixture();

  @Test
  void aDecidedAndIndexedSchemaHasNothingToSettle() {
    schema.table("customer").id("id");
    schema.table("invoice").id("id").belongsTo("customer", "customer_id", Rule.CASCADE);

    assertThat(run()).isEmpty();
    assertThat(FindingsText.render(CheckResult.of(run(), Severity.WARNING)))
        .isEqualTo("Nothing left to decide.\n");
  }

  @Test
  void anUndecidedRelationComesWithTheLinesToPaste() {
    schema.table("customer").id("id").column("email", "text");
    schema.table("invoice").id("id").belongsTo("customer", "customer_id", Rule.NO_ACTION);

    Finding finding = only(Code.UNDECIDED_RELATION);

    assertThat(finding.subject()).isEqualTo("invoice.customer_id");
    assertThat(finding.fails()).isTrue();
    assertThat(finding.fix()).startsWith("relations:\n  invoice.customer_id: cascade   # ");
  }

  @Test
  void aPartitionWithoutTheKeyOfTheOthersIsFound() {
    schema.table("customer").id("id");
    schema.table("sale").partitions(Table.PartitionBy.RANGE, "sale_1", "sale_2", "sale_3");
    schema.table("sale_23").partitionOf("sale").partitions(Table.PartitionBy.HASH, "sale_2");
    schema.table("sale_1").belongsTo("customer", "buyer", Rule.CASCADE);
    schema.table("sale_23").belongsTo("customer", "buyer", Rule.CASCADE);

    assertThat(only(Code.PARTITION_WITHOUT_KEY).subject()).isEqualTo("sale_3.buyer");
  }

  @Test
  void aKeyNeedsAnIndexThatLeadsWithItsColumns() {
    List<String> key = List.of("a", "b");

    assertThat(MissingIndexes.serves(btree("a", "b"), key)).isTrue();
    assertThat(MissingIndexes.serves(btree("b", "a", "c"), key)).isTrue();
    assertThat(MissingIndexes.serves(btree("a", "c", "b"), key)).isFalse();
    assertThat(MissingIndexes.serves(btree("a"), key)).isFalse();
    assertThat(MissingIndexes.serves(btree("lower(a)"), List.of("a"))).isFalse();
  }

  @Test
  void aPartialIndexServesOnlyIfItLeavesOutNullsAlone() {
    assertThat(MissingIndexes.serves(partial("(a IS NOT NULL)"), List.of("a"))).isTrue();
    assertThat(MissingIndexes.serves(partial("(b IS NOT NULL)"), List.of("a"))).isFalse();
    assertThat(MissingIndexes.serves(partial("(a > 0)"), List.of("a"))).isFalse();
    assertThat(
            MissingIndexes.serves(
                partial("((a IS NOT NULL) AND (deleted IS FALSE))"), List.of("a")))
        .isFalse();
  }

  @Test
  void anIndexOfAnotherMethodServesNoLookup() {
    assertThat(MissingIndexes.serves(index("hash", null, "a"), List.of("a"))).isTrue();
    assertThat(MissingIndexes.serves(index("gin", null, "a"), List.of("a"))).isFalse();
    assertThat(MissingIndexes.serves(index("brin", null, "a"), List.of("a"))).isFalse();
  }

  @Test
  void aMissingIndexIsFoundWithTheStatementThatMakesIt() {
    schema.table("order").id("id");
    schema
        .table("li\"ne")
        .id("id")
        .column("order", "integer")
        .references("order", "order", Rule.CASCADE);

    assertThat(only(Code.MISSING_INDEX).fix())
        .isEqualTo("create index concurrently on \"public\".\"li\"\"ne\" (\"order\");");
  }

  @Test
  void aRuleTheDatabaseCanNeverCarryOutIsAnError() {
    schema.table("customer").id("id");
    schema
        .table("invoice")
        .id("id")
        .belongsTo("customer", "customer_id", Rule.SET_NULL)
        .belongsTo("customer", "payer_id", Rule.SET_DEFAULT);

    assertThat(of(Code.IMPOSSIBLE_RULE))
        .extracting(Finding::subject)
        .containsExactly("invoice.customer_id", "invoice.payer_id");
  }

  @Test
  void keysThatPromiseTooMuchAreFound() {
    schema.table("customer").id("id");
    schema
        .table("invoice")
        .id("id")
        .column("a", "integer")
        .index("a")
        .foreignKey(key("fk_a", "a", false, true))
        .column("b", "integer")
        .index("b")
        .foreignKey(key("fk_b", "b", true, false));

    assertThat(only(Code.NOT_VALIDATED_KEY).fix())
        .isEqualTo("alter table \"public\".\"invoice\" validate constraint \"fk_a\";");
    assertThat(only(Code.NOT_ENFORCED_KEY).subject()).isEqualTo("invoice.b");
  }

  @Test
  void columnsNamedLikeAKeyAreLikelyLinks() {
    schema.table("customers").id("id").column("email", "text");
    schema
        .table("visit")
        .id("id")
        .column("customer_id", "bigint")
        .column("billingCustomerId", "bigint")
        .column("customer_name_id", "bigint")
        .column("customer_uuid", "uuid");

    assertThat(of(Code.LIKELY_LINK))
        .extracting(Finding::subject)
        .containsExactly("visit.billingCustomerId", "visit.customer_id");
    assertThat(of(Code.LIKELY_LINK)).noneMatch(Finding::fails);
  }

  @Test
  void addressesInAnUnrelatedTableMayBeAPersons() {
    schema.table("customer").id("id").column("email", "text");
    schema.table("login_attempt").id("id").column("email", "text");
    schema
        .table("invoice")
        .id("id")
        .column("billing_email", "text")
        .belongsTo("customer", "customer_id", Rule.CASCADE);

    Finding finding = only(Code.LIKELY_LINK);

    assertThat(finding.subject()).isEqualTo("login_attempt.email");
    assertThat(finding.fix())
        .contains("{ from: login_attempt.email, to: customer.email, normalise: lower_trim,");
  }

  @Test
  void typedReferencesAndJsonAreNoted() {
    schema
        .table("comment")
        .id("id")
        .column("object_type", "text")
        .column("object_id", "integer")
        .column("payload", "jsonb");

    assertThat(only(Code.LIKELY_TYPED_REFERENCE).fix())
        .contains("from: \"comment(object_type='FILL_IN', object_id)\"");
    assertThat(only(Code.POSSIBLE_JSON_REFERENCE).subject()).isEqualTo("comment.payload");
  }

  @Test
  void onlyThePolicysSchemasAreLookedAt() {
    schema.table(new TableId("other", "customer")).id("id");
    schema
        .table(new TableId("other", "invoice"))
        .id("id")
        .column("customer_id", "integer")
        .references(
            List.of("customer_id"), new TableId("other", "customer"), List.of("id"), Rule.CASCADE);
    schema.table("mine").id("id");
    Policy policy = PolicyReader.read("p", "{ version: 1, schemas: [public] }");

    assertThat(run()).isNotEmpty();
    assertThat(Checklist.run(policy, schema.build())).isEmpty();
  }

  @Test
  void faultsKeepTheirPlaceAndAreSortedAndToldOnce() {
    PolicyFinding fault = new PolicyFinding(7, 3, "relations.x", "no such table", "write y");
    PolicyFinding earlier = new PolicyFinding(2, 1, "version", "must be 1", null);

    List<Finding> faults =
        Checklist.faults(
            "lethe.yaml", new PolicyException("lethe.yaml", List.of(fault, earlier, fault)));

    assertThat(faults).hasSize(2);
    assertThat(FindingsText.render(CheckResult.of(faults, Severity.WARNING)))
        .isEqualTo(
            """
            error  policy-fault  lethe.yaml:2:1  version
                must be 1

            error  policy-fault  lethe.yaml:7:3  relations.x
                no such table
                  write y

            2 errors
            """);
    assertThat(FindingsJson.render(CheckResult.of(faults.subList(0, 1), Severity.WARNING)))
        .isEqualToIgnoringWhitespace(
            """
            {"version": 1, "errors": 1, "warnings": 0, "notes": 0, "known": 0, "findings": [
              {"code": "policy-fault", "severity": "error", "subject": "version",
               "message": "must be 1", "fix": null,
               "place": {"file": "lethe.yaml", "line": 2, "column": 1},
               "fingerprint": "%s"}],
             "stale": []}
            """
                .formatted(faults.get(0).fingerprint()));
  }

  @Test
  void doNothingAgainstAnEnforcedKeyIsFound() {
    schema.table("customer").id("id");
    schema.table("invoice").id("id").belongsTo("customer", "customer_id", Rule.NO_ACTION);
    Catalog catalog = schema.build();
    Decisions decisions =
        DecisionsFixture.of(catalog, List.of(), Map.of("invoice.customer_id", OnDelete.DO_NOTHING));

    assertThat(DatabaseRules.enforcedDoNothing(new Scope(Policy.empty(), catalog), decisions))
        .extracting(Finding::code)
        .containsExactly(Code.ENFORCED_DO_NOTHING);
  }

  @Test
  void declaredLinksAreNoLongerLikely() {
    schema.table("customer").id("id").column("email", "text");
    schema.table("login_attempt").id("id").column("email", "text");
    Catalog catalog = schema.build();
    Link link =
        new Link(
            "login_attempt.email",
            new TableId("public", "login_attempt"),
            List.of("email"),
            new TableId("public", "customer"),
            List.of("email"),
            Map.of(),
            Link.Normaliser.LOWER,
            null);
    Scope scope = new Scope(Policy.empty(), catalog);

    assertThat(LikelyLinks.find(scope, null)).hasSize(1);
    assertThat(LikelyLinks.find(scope, DecisionsFixture.of(catalog, List.of(link), Map.of())))
        .isEmpty();
  }

  @Test
  void aPartitionThatLacksItsSiblingsKeyIsFound() {
    TableId whole = new TableId("public", "payment");
    TableId first = new TableId("public", "payment_1");
    TableId second = new TableId("public", "payment_2");
    schema.table("customer").id("id");
    schema.table("payment").column("customer_id", "integer").partitions(first, second);
    schema.table("payment_1").partitionOf(whole).belongsTo("customer", "customer_id", Rule.CASCADE);
    schema.table("payment_2").partitionOf(whole).column("customer_id", "integer");

    Finding finding = only(Code.PARTITION_WITHOUT_KEY);

    assertThat(finding.subject()).isEqualTo("payment_2.customer_id");
    assertThat(finding.fix())
        .isEqualTo(
            "alter table \"public\".\"payment_2\" add foreign key (\"customer_id\")"
                + " references \"public\".\"customer\" (\"id\");");
  }

  @Test
  void aPartitionedTableNeedsAnIndexOnEveryPartition() {
    TableId whole = new TableId("public", "payment");
    TableId first = new TableId("public", "payment_1");
    TableId second = new TableId("public", "payment_2");
    schema.table("customer").id("id");
    schema
        .table("payment")
        .column("customer_id", "integer")
        .partitions(first, second)
        .references("customer_id", "customer", Rule.CASCADE);
    schema.table("payment_1").partitionOf(whole).column("customer_id", "integer");
    schema.table("payment_1").index("customer_id");
    schema.table("payment_2").partitionOf(whole).column("customer_id", "integer");

    assertThat(only(Code.MISSING_INDEX).fix())
        .isEqualTo("create index on \"public\".\"payment\" (\"customer_id\");");

    schema.table("payment_2").index("customer_id");
    assertThat(of(Code.MISSING_INDEX)).isEmpty();
  }

  @Test
  void everyCodeIsExplained() throws Exception {
    String explained = Files.readString(Path.of("../docs/checklist.md"));

    for (Code code : Code.values()) {
      String part = code.severity().word().substring(0, 1).toUpperCase(Locale.ROOT);
      String below = explained.substring(explained.indexOf("\n## " + part));
      assertThat(below).contains("\n### " + code.id() + "\n");
    }
  }

  private List<Finding> run() {
    return Checklist.run(Policy.empty(), schema.build());
  }

  private List<Finding> of(Code code) {
    return run().stream().filter(f -> f.code() == code).toList();
  }

  private Finding only(Code code) {
    assertThat(of(code)).hasSize(1);
    return of(code).get(0);
  }

  private static Index btree(String... parts) {
    return index("btree", null, parts);
  }

  private static Index partial(String predicate) {
    return index("btree", predicate, "a");
  }

  private static Index index(String method, @Nullable String predicate, String... parts) {
    return new Index("i", method, Stream.of(parts).toList(), false, predicate);
  }

  private static ForeignKey key(String name, String column, boolean validated, boolean enforced) {
    return new ForeignKey(
        name,
        new TableId("public", "invoice"),
        List.of(column),
        new TableId("public", "customer"),
        List.of("id"),
        Rule.CASCADE,
        List.of(column),
        false,
        false,
        false,
        validated,
        enforced);
  }
}
