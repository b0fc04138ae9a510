package org.lethe.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Policy;
import org.lethe.schema.Catalog;
import org.lethe.schema.Relation;
import org.lethe.schema.reader.CatalogReader;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The sample databases Chinook and Pagila, where their files are at hand. */
class RealDatabasesTest {

  @Test
  void chinookGetsASuggestionForEveryRelation() throws Exception {
    PGSimpleDataSource database = load("chinook/chinook-postgres.sql");
    try (var connection = database.getConnection()) {
      Catalog catalog = CatalogReader.of(connection).read(connection);

      JsonNode policy = parsed(catalog, new JdbcSampler(connection, Dialect.of(catalog)));

      JsonNode relations = policy.get("relations");
      assertThat(relations.propertyNames())
          .containsExactlyInAnyOrderElementsOf(
              catalog.relations().stream().map(Relation::name).toList());
      assertThat(relations.at("/invoice.customer_id/owner").asString()).isEqualTo("sole");
      assertThat(relations.at("/invoice_line.invoice_id/on_delete").asString())
          .isEqualTo("cascade");
      assertThat(relations.get("invoice_line.track_id").asString()).isEqualTo("protect");
      assertThat(relations.at("/employee.reports_to/on_delete").asString()).isEqualTo("set_null");
      assertThat(policy.at("/tables/customer/columns").propertyNames())
          .contains("email", "phone", "fax", "first_name", "address", "postal_code")
          .doesNotContain("company", "support_rep_id");
      assertThat(policy.get("subjects").propertyNames()).containsExactly("customer", "employee");
      Sampler sampler = new JdbcSampler(connection, Dialect.of(catalog));
      CheckedPolicy.of(FirstPolicy.suggest(catalog, sampler), catalog, sampler);
      assertThat(codes(catalog))
          .containsOnly(Code.UNDECIDED_RELATION, Code.LIKELY_SUBJECT)
          .hasSize(11 + 2);
    }
  }

  @Test
  void pagilasWeakSpotsAreFound() throws Exception {
    PGSimpleDataSource database = load("pagila/01-schema.sql");
    try (var connection = database.getConnection()) {
      Catalog catalog = CatalogReader.of(connection).read(connection);
      List<Finding> findings = Checklist.run(Policy.empty(), catalog);

      // Its last partition was forgotten when the others got their keys.
      assertThat(subjects(findings, Code.PARTITION_WITHOUT_KEY))
          .containsExactly(
              "payment_p2022_07.customer_id",
              "payment_p2022_07.rental_id",
              "payment_p2022_07.staff_id");
      assertThat(subjects(findings, Code.LIKELY_LINK)).containsExactly("store.manager_staff_id");
      assertThat(subjects(findings, Code.MISSING_INDEX))
          .contains("rental.customer_id", "inventory.film_id", "payment.rental_id")
          .doesNotContain("rental.inventory_id");
      CheckedPolicy.of(FirstPolicy.suggest(catalog, Sampler.NONE), catalog, Sampler.NONE);
      JsonNode policy = parsed(catalog, Sampler.NONE);
      assertThat(policy.at("/tables/staff/columns/password/export").asString()).isEqualTo("never");
      assertThat(policy.at("/relations/rental.staff_id/owner").asString()).isEqualTo("mentioned");
      assertThat(policy.at("/relations/film_actor.film_id").asString()).isEqualTo("cascade");
    }
  }

  private static JsonNode parsed(Catalog catalog, Sampler sampler) {
    return new YAMLMapper().readTree(FirstPolicy.suggest(catalog, sampler));
  }

  private static List<Code> codes(Catalog catalog) {
    return Checklist.run(Policy.empty(), catalog).stream().map(Finding::code).toList();
  }

  private static List<String> subjects(List<Finding> findings, Code code) {
    return findings.stream().filter(f -> f.code() == code).map(Finding::subject).toList();
  }

  private static PGSimpleDataSource load(String file) throws Exception {
    Optional<Path> script =
        Stream.of(
                Optional.ofNullable(System.getProperty("LETHE_TEST_DATA")),
                Optional.ofNullable(System.getenv("LETHE_TEST_DATA")),
                Optional.of("../shared/data"),
                Optional.of("../../shared/data"))
            .flatMap(Optional::stream)
            .map(folder -> Path.of(folder, file))
            .filter(Files::isReadable)
            .findFirst();
    assumeTrue(
        script.isPresent(), "no " + file + ": name its folder in LETHE_TEST_DATA to run this test");
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, Files.readString(script.orElseThrow()));
    return database;
  }
}
