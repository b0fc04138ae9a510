package org.lethe.account;

import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.policy.Decisions;
import org.lethe.policy.PolicyReader;
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

  private static @Nullable String django;

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

  /** Tables that Django's own migrations made; once, since that takes a while. */
  static Made django(Clock clock) {
    Django.require();
    return made(
        PostgresServer.shared().createDatabase(djangoTemplate()),
        "version: 1\naccounts: { preset: django }\n",
        clock);
  }

  private static synchronized String djangoTemplate() {
    String template = django;
    if (template == null) {
      PGSimpleDataSource database = PostgresServer.shared().createDatabase();
      Django.run(
          database,
          "from django.core.management import call_command; call_command('migrate', verbosity=0)");
      template = Objects.requireNonNull(database.getDatabaseName());
      django = template;
    }
    return template;
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
