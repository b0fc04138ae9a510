package org.lethe.retention;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.lethe.Lethe;
import org.lethe.policy.PolicyReader;
import org.lethe.policy.Rule;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database of one test, its clock, and short ways to run rules in it. */
final class RuleFixture {

  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final PGSimpleDataSource database = PostgresServer.shared().createDatabase();
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final Hands clock = new Hands(START);

  RuleFixture(String schema) {
    PostgresServer.execute(database, schema);
    LedgerSchema.migrate(database);
  }

  PGSimpleDataSource database() {
    return database;
  }

  Hands clock() {
    return clock;
  }

  void execute(String script) {
    PostgresServer.execute(database, script);
  }

  long number(String query) {
    Long number = sql.queryForObject(query, Long.class);
    return number == null ? -1 : number;
  }

  List<String> texts(String query) {
    return sql.queryForList(query, String.class);
  }

  Lethe lethe(String policy) {
    return lethe(policy, clock);
  }

  Lethe lethe(String policy, Clock told) {
    return Lethe.builder(database)
        .policy(PolicyReader.read("test", "version: 1\n" + policy))
        .clock(told)
        .build();
  }

  /** Runs all rules of a policy once, one after the other. */
  RoundReport run(String policy) {
    return run(policy, RuleLimits.NONE);
  }

  RoundReport run(String policy, RuleLimits limits) {
    Lethe lethe = lethe(policy);
    return lethe.rules().run(lethe.decisions().rules(), limits, "tester");
  }

  /** The same for the one rule of a policy. */
  RuleReport runOne(String policy) {
    return run(policy).rules().get(0);
  }

  static Rule rule(Lethe lethe) {
    return lethe.decisions().rules().get(0);
  }
}
