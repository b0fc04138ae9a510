package org.lethe.account;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import java.util.Optional;
import org.lethe.Lethe;
import org.lethe.policy.Decisions;
import org.lethe.policy.PolicyReader;
import org.lethe.testkit.Django;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.PostgresServer;
import org.lethe.testkit.Samples;
import org.lethe.trash.By;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Databases with accounts for tests. */
final class Databases {

  static final By TESTER = new By("tester", null);

  /** What every directory of the tests is made of. */
  static final String PASSWORD = "a long enough one";

  private Databases() {}

  /**
   * A database with accounts.
   *
   * @param database the migrated one
   */
  record Made(
      PGSimpleDataSource database, LetheAccounts accounts, JdbcTemplate sql, Decisions decisions) {

    /** The same at another time. */
    Made at(Clock clock) {
      return new Made(database, LetheAccounts.of(database, decisions, clock), sql, decisions);
    }

    Directory own() {
      return accounts.directory(AccountId.OWN);
    }

    Directory app() {
      return accounts.directory(AccountId.APP);
    }
  }

  static Made empty(Clock clock) {
    return made(PostgresServer.shared().createDatabase(), "version: 1\n", clock);
  }

  static Made plaza(Clock clock) {
    return made(Samples.plaza(), Plaza.policyYaml(), clock);
  }

  /** Tables that Django's own migrations made. */
  static Made django(Clock clock) {
    requireDjango();
    return made(Django.database(), "version: 1\naccounts: { preset: django }\n", clock);
  }

  /** Skips the test, visibly, where there is no Django. */
  static void requireDjango() {
    Optional<String> missing = Django.missing();
    assumeTrue(missing.isEmpty(), missing.orElse(""));
  }

  static Made made(PGSimpleDataSource database, String policy, Clock clock) {
    AccountSchema.migrate(database);
    Decisions decisions =
        Decisions.resolve(PolicyReader.read("test", policy), Lethe.readCatalog(database));
    return new Made(
        database,
        LetheAccounts.of(database, decisions, clock),
        new JdbcTemplate(database),
        decisions);
  }
}
