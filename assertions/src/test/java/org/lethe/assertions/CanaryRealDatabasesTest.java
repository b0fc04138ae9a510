package org.lethe.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.checklist.FirstPolicy;
import org.lethe.checklist.Sampler;
import org.lethe.policy.PolicyReader;
import org.lethe.testkit.PostgresServer;
import org.lethe.testkit.Samples;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;

/** Two well-known databases with the policies that {@code lethe init} writes for them. */
class CanaryRealDatabasesTest {

  @Test
  void chinook() {
    PGSimpleDataSource database = found(Samples.chinook());
    String policy = firstPolicy(database);
    assertThat(canary(database, policy, "customer").assertErased().seeded())
        .containsKeys("customer", "invoice", "invoice_line");
    assertThat(canary(database, policy, "employee").assertErased().seeded())
        .containsKeys("employee");
    PostgresServer.execute(
        database,
        "create table mailing (mailing_id int generated always as identity, email_address text)");
    assertThatThrownBy(() -> canary(database, policy, "customer").assertErased())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("mailing.email_address: the canary is still there");
  }

  @Test
  void pagila() {
    PGSimpleDataSource database = found(Samples.pagila());
    String policy = firstPolicy(database);
    assertThat(canary(database, policy, "customer").assertErased().seeded())
        .containsKeys("customer", "rental", "payment");
    assertThat(canary(database, policy, "staff").assertErased().seeded()).containsKeys("staff");
  }

  private static PGSimpleDataSource found(Optional<PGSimpleDataSource> database) {
    assumeTrue(database.isPresent(), "its data is not on this machine");
    LedgerSchema.migrate(database.orElseThrow());
    return database.orElseThrow();
  }

  private static String firstPolicy(PGSimpleDataSource database) {
    return FirstPolicy.suggest(Lethe.readCatalog(database), Sampler.NONE);
  }

  private static Canary canary(PGSimpleDataSource database, String policy, String subject) {
    return Canary.of(
        Lethe.of(database, PolicyReader.read("lethe.yaml", policy)), database, subject);
  }
}
