package org.lethe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.checklist.CheckedPolicy;
import org.lethe.checklist.FirstPolicy;
import org.lethe.checklist.Sampler;
import org.lethe.schema.Catalog;
import org.lethe.schema.Relation;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.Samples;

/** The sample's decided policy, as the one that shows every part of the format. */
class PlazaPolicyTest {

  private static Catalog catalog = new Catalog("none", "0", List.of(), List.of(), List.of());

  @BeforeAll
  static void read() {
    catalog = Lethe.readCatalog(Samples.plaza());
  }

  @Test
  void everythingIsDecided() {
    Decisions decisions = decided(Plaza.policyYaml());

    assertThat(decisions.graph().relations())
        .filteredOn(r -> decisions.of(r).onDelete().equals(OnDelete.UNDECIDED))
        .isEmpty();
  }

  @Test
  void relationsHaveNamesOfTheirOwn() {
    Decisions decisions = decided(Plaza.policyYaml());

    assertThat(decisions.graph().relations().stream().map(Relation::name))
        .doesNotHaveDuplicates()
        .contains(
            "invoice.customer_id",
            "order(ship_customer_id, ship_address_no)",
            "support.ticket.customer_id",
            "newsletter_subscription.email -> customer.email",
            "newsletter_subscription.email -> account.email",
            "recent_action(object_type='customer', object_id)",
            "event.payload");
  }

  @Test
  void aFirstPolicyIsAPolicy() {
    String suggested = FirstPolicy.suggest(catalog, Sampler.NONE);
    Decisions decisions = decided(suggested);

    CheckedPolicy.of(suggested, catalog, Sampler.NONE);
    assertThat(decisions.graph().relations())
        .filteredOn(r -> decisions.of(r).onDelete().equals(OnDelete.UNDECIDED))
        .isEmpty();
  }

  @Test
  void noMutilatedPolicyEndsInAnythingButFindings() {
    Random random = new Random(7);
    String whole = Plaza.policyYaml();
    for (int i = 0; i < 2_000; i++) {
      String text = mutilated(whole, random);
      assertThatCode(
              () -> {
                try {
                  Decisions.resolve(PolicyReader.read("lethe.yaml", text), catalog);
                } catch (PolicyException faults) {
                  assertThat(faults.findings()).isNotEmpty();
                  assertThat(faults.findings()).allMatch(f -> f.line() > 0);
                }
              })
          .as(text)
          .doesNotThrowAnyException();
    }
  }

  private static String mutilated(String whole, Random random) {
    StringBuilder text = new StringBuilder(whole);
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(40)));
        case 1 -> text.insert(at, "\t{}[]:,'\"\n -#&*!|>%@`\0é\u2028".charAt(random.nextInt(22)));
        case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 30)));
        default -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
      }
    }
    return text.toString();
  }

  private static Decisions decided(String yaml) {
    return Decisions.resolve(PolicyReader.read("lethe.yaml", yaml), catalog);
  }
}
