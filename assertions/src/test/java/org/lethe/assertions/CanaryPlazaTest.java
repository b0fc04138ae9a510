package org.lethe.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.error.InputException;
import org.lethe.policy.PolicyReader;
import org.lethe.subject.request.State;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.PostgresServer;
import org.lethe.testkit.Samples;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;

/** On the sample database, whose policy leaves nothing behind, and on what makes it do so. */
class CanaryPlazaTest {

  private PGSimpleDataSource database = new PGSimpleDataSource();

  @BeforeEach
  void create() {
    database = Samples.plaza();
    LedgerSchema.migrate(database);
  }

  private Canary canary(String policy, String subject) {
    Lethe lethe = Lethe.of(database, PolicyReader.read("lethe.yaml", policy));
    return Canary.of(lethe, database, subject);
  }

  private Canary customer() {
    return canary(Plaza.policyYaml(), "customer");
  }

  /** Plaza's policy with something else in it. */
  private static String policyWith(String what, String instead) {
    assertThat(Plaza.policyYaml()).contains(what);
    return Plaza.policyYaml().replace(what, instead);
  }

  private void change(String sql) {
    PostgresServer.execute(database, sql);
  }

  @Test
  void nothingIsLeftOfACustomerButWhatTheTaxCodeWants() {
    CanaryReport report = customer().assertErased();
    assertThat(report.state()).isEqualTo(State.COMPLETED_WITH_RETAINED_DATA);
    assertThat(report.retained())
        .containsOnlyKeys(
            "invoice.invoice_no",
            "invoice.bill_to",
            "invoice_line.description",
            "payment.method",
            "chargeback.reason")
        .containsEntry("invoice.bill_to", "17(3)(b), tax code");
    assertThat(report.seeded())
        .containsEntry("message", 2L)
        .containsEntry("attachment", 3L)
        .containsKeys("customer", "account", "sign_in_attempt", "support.ticket_message", "event")
        .doesNotContainKeys("team", "poll", "product");
    assertThat(report.noRoom()).containsExactly("address.country");
  }

  @Test
  void nothingAtAllIsLeftOfAnAccount() {
    CanaryReport report = canary(Plaza.policyYaml(), "account").assertErased();
    assertThat(report.retained()).isEmpty();
    assertThat(report.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void theDatabaseIsAsBeforeWhereThatIsAsked() throws Exception {
    DatabaseDigest before = DatabaseDigest.of(database);
    assertThat(customer().assertErased().retained()).isNotEmpty();
    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isNotEmpty();
    create();
    before = DatabaseDigest.of(database);
    assertThat(customer().tidy().assertErased().retained()).isNotEmpty();
    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isEmpty();
  }

  @Test
  void aColumnThatNobodyClassifiedIsFound() {
    change("alter table customer add nickname text");
    assertThatThrownBy(() -> customer().assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            the canary is not as the policy says:
              customer.nickname: the canary is still there, in 1 row; rows of customer stay and nobody said what it holds; write tables: { customer: { columns: { nickname: { category: ..., erase: ... } } } }""");
  }

  @Test
  void aColumnThatIsKeptWithoutAGroundIsFoundAndOneWithAGroundIsNot() {
    change("alter table customer add nickname text");
    String birth = "      birth_date: { category: birth, erase: null }";
    assertThatThrownBy(
            () ->
                canary(
                        policyWith(
                            birth, birth + "\n      nickname: { category: name, erase: keep }"),
                        "customer")
                    .assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("customer.nickname: the canary is still there")
        .hasMessageContaining("say on what ground it is kept");
    String ground = "{ keep: { ground: \"17(3)(e)\" } }";
    assertThat(
            canary(
                    policyWith(
                        birth,
                        birth + "\n      nickname: { category: name, erase: " + ground + " }"),
                    "customer")
                .assertErased()
                .retained())
        .containsEntry("customer.nickname", "17(3)(e)");
  }

  @Test
  void aCopyInATableThatOnlyMentionsThePersonIsFound() {
    change(
        """
        create table gift_card (
          gift_card_id int generated always as identity primary key,
          bought_by    int references customer on delete set null,
          sent_to_email text not null,
          value        int not null check (value in (10, 20))
        );
        insert into gift_card (sent_to_email, value) values ('ada@example.org', 10);
        """);
    assertThatThrownBy(() -> customer().assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            the canary is not as the policy says:
              gift_card.sent_to_email: the canary is still there, in 1 row; no relation of the policy leads from customer to rows of gift_card as theirs; add a link, or owner: sole (or shared) to a relation, or see to what copies it there""");
  }

  @Test
  void aCopyThatATriggerMakesIsFound() {
    change(
        """
        create table history (at timestamptz not null, old jsonb not null);
        create function remember() returns trigger language plpgsql as $$
        begin insert into public.history values (now(), to_jsonb(old)); return old; end $$;
        create trigger remembered before delete on session for each row execute function remember();
        """);
    assertThatThrownBy(() -> customer().assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("history.old: the canary is still there");
  }

  @Test
  void aLinkThatIsMissingIsFound() {
    String toCustomer = "  - { from: newsletter_subscription.email, to: customer.email,";
    String toAccount = "  - { from: newsletter_subscription.email, to: account.email,";
    String without = policyWith(toCustomer, "  #").replace(toAccount, "  #");
    assertThatThrownBy(() -> canary(without, "customer").assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("newsletter_subscription.email: the canary is still there, in 1 row")
        .hasMessageContaining(
            "no relation of the policy leads from customer to rows of newsletter_subscription");
  }

  @Test
  void aRedactionThatForgetsWhoWroteIsFound() {
    String policy =
        policyWith(
            "subject: { category: content, erase: { redact: [identifiers, email, phone] } }",
            "subject: { category: content, erase: { redact: [phone] } }");
    assertThatThrownBy(() -> canary(policy, "customer").assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("message.subject: the canary is still there, in 2 rows")
        .hasMessageContaining("add identifiers to what is redacted there");
  }

  @Test
  void aCheckSaysWhichValueIsWanted() {
    change(
        "alter table customer add constraint plain_phone check (phone ~ '^0[0-9 ]{5,}$') not valid");
    assertThatThrownBy(() -> customer().assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the database refuses the canary's row of customer")
        .hasMessageContaining("\"plain_phone\"")
        .hasMessageContaining(".value(\"customer.phone\", \"...\")");
    assertThat(customer().value("customer.phone", "0664 123456").assertErased().seeded())
        .containsEntry("customer", 1L);
    assertThatThrownBy(() -> customer().value("customer.fax", "0"))
        .isInstanceOf(InputException.class)
        .hasMessage("there is no column customer.fax; write table.column as in the policy");
  }

  @Test
  void anErasureThatIsRefusedSaysWhy() {
    change(
        "create table parcel (id int primary key, customer_id int not null references customer);");
    assertThatThrownBy(() -> customer().assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("parcel.customer_id");
  }
}
