package org.lethe.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.personal.ValueShape;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.CatalogFixture;
import org.lethe.schema.ForeignKey.Rule;
import org.lethe.schema.TableId;

/** Each finding about people's data, with a policy that earns it and one that settles it. */
class PeoplesDataTest {

  private static final String SETTLED =
      """
      version: 1
      tables:
        customer: { columns: { email: { category: contact } } }
      relations:
        invoice.customer_id: { owner: sole }
      subjects:
        customer: { table: customer, identify_by: [email, id] }
      """;

  private final CatalogFixture schema = new CatalogFixture();

  @BeforeEach
  void aShop() {
    schema.table("customer").id("id").column("email", "text");
    schema.table("invoice").id("id").belongsTo("customer", "customer_id", Rule.CASCADE);
  }

  @Test
  void whatIsSaidOfEverythingLeavesNothing() {
    assertThat(run(SETTLED)).isEmpty();
  }

  @Test
  void aColumnOfAPersonsRowThatNobodyClassified() {
    schema.table("customer").nullable("nickname", "text");
    schema.table("invoice").column("bill_to", "character varying(80)");

    List<Finding> findings = of(Code.UNCLASSIFIED_COLUMN, SETTLED);

    assertThat(findings)
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("customer.nickname", "invoice.bill_to");
    assertThat(findings).allMatch(Finding::fails);
    assertThat(findings.get(0).fix())
        .isEqualTo(
            """
            tables:
              customer:
                erase: delete   # or anonymise
                columns:
                  nickname: { category: identity, erase: null }""");
    assertThat(findings.get(0).place()).isEqualTo(new Finding.Place("lethe.yaml", 3, 3));
    assertThat(findings.get(1).fix()).contains("bill_to: { category: none }");
  }

  @Test
  void whatCannotTellAnythingNeedsNoWord() {
    schema
        .table("invoice")
        .column("paid", "boolean")
        .column("total", "numeric(12,2)")
        .column("issued_on", "date");

    assertThat(of(Code.UNCLASSIFIED_COLUMN, SETTLED)).isEmpty();
    assertThat(only(Code.UNCLASSIFIED_NUMBERS, SETTLED).subject())
        .isEqualTo("invoice(issued_on, total)");
    assertThat(only(Code.UNCLASSIFIED_NUMBERS, SETTLED).fails()).isFalse();
  }

  @Test
  void aNumberOrDateThatSeemsPersonalNeedsAWord() {
    schema
        .table("customer")
        .column("birth_date", "date")
        .column("latitude", "double precision")
        .column("tags", "text[]");

    assertThat(of(Code.UNCLASSIFIED_COLUMN, SETTLED))
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("customer.birth_date", "customer.latitude", "customer.tags");
  }

  @Test
  void tablesOnlyMentioningPeopleAreNotTheirs() {
    schema.table("invoice").column("bill_to", "text");

    assertThat(run(SETTLED.replace("owner: sole", "owner: mentioned"))).isEmpty();
  }

  @Test
  void aRelationToAPersonsRowOfWhichNobodySaidWhoseItIs() {
    schema.table("line").id("id").belongsTo("invoice", "invoice_id", Rule.CASCADE);
    schema.table("note").id("id").nullable("invoice_id", "integer").index("invoice_id");
    schema.table("note").references("invoice_id", "invoice", Rule.SET_NULL);

    List<Finding> findings = of(Code.UNDECIDED_OWNER, SETTLED);

    assertThat(findings)
        .extracting(Finding::subject)
        .containsExactly("line.invoice_id", "note.invoice_id");
    assertThat(findings.get(0).fix()).startsWith("relations:\n  line.invoice_id: { owner: sole }");
    assertThat(findings.get(1).fix()).contains("{ owner: mentioned }");
    assertThat(findings).allMatch(Finding::fails);
  }

  @Test
  void whatIsErasedAndNeverHandedOut() {
    String policy = SETTLED.replace("category: contact", "category: contact, export: never");

    assertThat(only(Code.ERASABLE_NOT_EXPORTABLE, policy).subject()).isEqualTo("customer.email");
    assertThat(
            of(
                Code.ERASABLE_NOT_EXPORTABLE,
                policy.replace("category: contact", "category: secret")))
        .isEmpty();
  }

  @Test
  void whatIsHandedOutAndNeverErased() {
    aLoginThatOthersReferTo();
    String stays = LOGIN.replace("customer: { columns", "customer: { erase: anonymise, columns");

    Finding finding = only(Code.EXPORTABLE_NOT_ERASABLE, stays);

    assertThat(finding.subject()).isEqualTo("customer.login");
    assertThat(finding.fix()).contains("login: { category: identifier, erase: placeholder }");
    assertThat(of(Code.EXPORTABLE_NOT_ERASABLE, LOGIN)).isEmpty();
    assertThat(
            of(
                Code.EXPORTABLE_NOT_ERASABLE,
                stays.replace("category: identifier", "category: identifier, erase: placeholder")))
        .isEmpty();
  }

  @Test
  void whatRetainedRowsNeedStaysToo() {
    aLoginThatOthersReferTo();
    schema.table("invoice").column("issued_on", "date");
    String retained =
        LOGIN.replace(
            "relations:",
            "  invoice: { retain: { for: P10Y, from: issued_on, ground: x } }\nrelations:");

    assertThat(only(Code.EXPORTABLE_NOT_ERASABLE, retained).message())
        .contains("rows of invoice may stay, and they need these rows");
  }

  private static final String LOGIN =
      SETTLED
          .replace("category: contact }", "category: contact }, login: { category: identifier }")
          .replace("relations:", "relations:\n  badge.login: { owner: mentioned }");

  private void aLoginThatOthersReferTo() {
    schema.table("customer").column("login", "text").key(false, "login");
    schema
        .table("badge")
        .id("id")
        .column("login", "text")
        .references(
            List.of("login"), new TableId("public", "customer"), List.of("login"), Rule.CASCADE);
  }

  @Test
  void whatIsKeptForNoReasonGiven() {
    String kept = SETTLED.replace("category: contact", "category: contact, erase: keep");

    assertThat(only(Code.KEPT_WITHOUT_GROUND, kept).subject()).isEqualTo("customer.email");
    assertThat(
            of(
                Code.KEPT_WITHOUT_GROUND,
                kept.replace("erase: keep", "erase: { keep: { ground: \"17(3)(b)\" } }")))
        .isEmpty();
  }

  @Test
  void theSameValueForTwoPeopleInAUniqueColumn() {
    schema.table("customer").key(false, "email");
    String constant =
        SETTLED.replace("category: contact", "category: contact, erase: { constant: gone }");

    assertThat(only(Code.COLLIDING_TREATMENT, constant).severity()).isEqualTo(Severity.ERROR);
    assertThat(
            only(Code.COLLIDING_TREATMENT, constant.replace("constant: gone", "fake: city"))
                .severity())
        .isEqualTo(Severity.WARNING);
    assertThat(of(Code.COLLIDING_TREATMENT, constant.replace("constant: gone", "fake: email")))
        .isEmpty();
  }

  @Test
  void aReferenceToThePersonKeepsTheirValuesApart() {
    schema.table("invoice").column("label", "text").key(false, "customer_id", "label");
    String constant =
        SETTLED.replace(
            "relations:",
            "  invoice: { columns: { label: { category: content, erase: { constant: x } } } }\n"
                + "relations:");

    assertThat(of(Code.COLLIDING_TREATMENT, constant)).isEmpty();
  }

  @Test
  void aTreatmentThatOnlyPseudonymises() {
    String keyed = SETTLED.replace("category: contact", "category: contact, erase: hmac");

    assertThat(only(Code.PSEUDONYMISED_ONLY, keyed).fails()).isFalse();
  }

  @Test
  void dataOfPeopleThatNoRequestFinds() {
    schema.table("visit").id("id").nullable("phone", "text").nullable("who", "text");
    schema.table("secret_store").id("id").nullable("password", "text");
    Sampler sampler = t -> Map.of("who", ValueShape.EMAIL);

    List<Finding> findings =
        of(
            Code.UNREACHED_PERSONAL_DATA,
            Checklist.run(
                PolicyReader.read("lethe.yaml", SETTLED), schema.build(), sampler, List.of()));

    assertThat(findings).extracting(Finding::subject).containsExactly("visit.phone", "visit.who");
    assertThat(only(Code.UNCLASSIFIED_SECRET, SETTLED).subject())
        .isEqualTo("secret_store.password");
    String said =
        SETTLED.replace(
            "relations:", "  visit: { columns: { phone: { category: contact } } }\nrelations:");
    assertThat(of(Code.UNREACHED_PERSONAL_DATA, said)).isEmpty();
    assertThat(only(Code.UNREACHED_CLASSIFIED, said).fails()).isFalse();
  }

  @Test
  void peopleWhoAreNoSubject() {
    schema.table("employee").id("id").column("email", "text");

    assertThat(only(Code.LIKELY_SUBJECT, SETTLED).fix())
        .isEqualTo("subjects:\n  employee: { table: employee, identify_by: [email, id] }");
  }

  @Test
  void peopleFoundByNumbersAlone() {
    String numbers = SETTLED.replace("[email, id]", "[id]");

    assertThat(only(Code.SUBJECT_WITHOUT_IDENTIFIERS, numbers).subject())
        .isEqualTo("subjects.customer");
  }

  private List<Finding> run(String policy) {
    return Checklist.run(PolicyReader.read("lethe.yaml", policy), schema.build());
  }

  private List<Finding> of(Code code, String policy) {
    return of(code, run(policy));
  }

  private static List<Finding> of(Code code, List<Finding> findings) {
    assertThat(findings).extracting(Finding::code).doesNotContain(Code.POLICY_FAULT);
    return findings.stream().filter(f -> f.code() == code).toList();
  }

  private Finding only(Code code, String policy) {
    List<Finding> findings = of(code, policy);
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }
}
