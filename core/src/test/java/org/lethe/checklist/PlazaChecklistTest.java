package org.lethe.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.dialect.Dialect;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.Catalog;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.PostgresServer;
import org.lethe.testkit.Samples;
import org.postgresql.ds.PGSimpleDataSource;

/** The sample is decided and classified, but for what is left open on purpose. */
class PlazaChecklistTest {

  private static final String POLICY = Plaza.policyYaml();

  private static List<Finding> check(PGSimpleDataSource database, String policy) throws Exception {
    Catalog catalog = Lethe.readCatalog(database);
    try (Connection connection = database.getConnection()) {
      return Checklist.run(
          PolicyReader.read("lethe.yaml", policy),
          catalog,
          new JdbcSampler(connection, Dialect.of(catalog)),
          List.of());
    }
  }

  @Test
  void onlyWhatIsLeftOpenOnPurposeIsFound() throws Exception {
    assertThat(check(Samples.plaza(), POLICY))
        .extracting(f -> f.code().id() + " " + f.subject())
        .containsExactlyInAnyOrder(
            "missing-index access_log.account_id",
            "missing-index api_token.account_id",
            "unique-among-marked account.email",
            "unique-among-marked account.username",
            "possible-json-reference product.attributes");
  }

  @Test
  void anAddressThatNothingTiesToItsOwnerIsFoundByItsValues() throws Exception {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    Plaza.load(database);
    PostgresServer.execute(
        database,
        """
        create table raffle (ticket int primary key, winner text, colour text not null);
        insert into raffle
          select account_id, '  ' || upper(email), 'colour ' || account_id % 7
            from account where account_id between 1 and 40;
        """);

    List<Finding> findings = check(database, POLICY);

    assertThat(findings)
        .filteredOn(f -> f.code() == Code.SHARED_VALUES)
        .singleElement()
        .satisfies(f -> assertThat(f.subject()).isEqualTo("raffle.winner"))
        .satisfies(
            f ->
                assertThat(f.fix())
                    .contains("{ from: raffle.winner, to: account.email, normalise: lower_trim,"));
    assertThat(findings.toString()).doesNotContain("@", "colour 3");
    String tied =
        POLICY.replace(
            "\nsubjects:",
            "  - { from: raffle.winner, to: account.email, normalise: lower_trim, on_delete: cascade,"
                + " owner: sole }\n\nsubjects:");
    assertThat(check(database, tied)).filteredOn(f -> f.code() == Code.SHARED_VALUES).isEmpty();
  }

  @Test
  void aNewFieldInDocumentsIsFoundEvenUnderAKeyThatIsAValue() throws Exception {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    Plaza.load(database);
    PostgresServer.execute(
        database,
        """
        update event set payload = payload || jsonb_build_object(
          'shipping', jsonb_build_object('phone', '+00 555 0100'),
          'cc', jsonb_build_array(jsonb_build_object('email', 'a@example.org')),
          'by_user', jsonb_build_object('a@example.org', 'b@example.org'));
        """);

    assertThat(check(database, POLICY))
        .filteredOn(f -> f.code() == Code.UNCLASSIFIED_JSON_FIELD)
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder(
            "event.payload $.shipping.phone",
            "event.payload $.cc[*].email",
            "event.payload $.by_user.*");
  }
}
