package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.lethe.Lethe;
import org.lethe.checklist.FirstPolicy;
import org.lethe.checklist.JdbcSampler;
import org.lethe.dialect.Dialect;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.Catalog;
import org.lethe.testkit.SampleData;
import org.postgresql.ds.PGSimpleDataSource;

/** What a new user does with a database of their own: init, decide, look, delete. */
final class RealDatabase {

  private RealDatabase() {}

  /** A sample, or a skipped test where its data is not on this machine. */
  static TestDatabase of(Optional<PGSimpleDataSource> sample) {
    assumeTrue(sample.isPresent(), SampleData.ABSENT);
    return new TestDatabase(sample.orElseThrow());
  }

  /** The policy that {@code lethe init} writes. */
  static String init(TestDatabase database) throws SQLException {
    try (Connection connection = database.source().getConnection()) {
      Catalog catalog = Lethe.readCatalog(database.source());
      return FirstPolicy.suggest(catalog, new JdbcSampler(connection, Dialect.of(catalog)));
    }
  }

  /** The same text with another decision about one relation, as somebody would write it. */
  static String decide(String policy, String relation, String decision) {
    String decided =
        policy.replaceFirst(
            "(?m)^  " + relation + ": .*$", "  " + relation + ": " + decision + "  # decided");
    assertThat(decided).contains("  " + relation + ": " + decision + "  # decided\n");
    return decided;
  }

  static Lethe under(TestDatabase database, String policy) {
    return Lethe.of(database.source(), PolicyReader.read("lethe.yaml", policy));
  }
}
