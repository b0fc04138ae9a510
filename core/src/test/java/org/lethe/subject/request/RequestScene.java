package org.lethe.subject.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.lethe.Lethe;
import org.lethe.dialect.Dialect;
import org.lethe.execute.Backoff;
import org.lethe.execute.Executor;
import org.lethe.execute.Means;
import org.lethe.execute.Transactions;
import org.lethe.policy.Decisions;
import org.lethe.policy.PolicyReader;
import org.lethe.store.Outcome;
import org.lethe.subject.Key;
import org.lethe.subject.People;
import org.lethe.subject.Person;
import org.lethe.subject.Settled;
import org.lethe.subject.export.Exporter;
import org.lethe.subject.export.Transformations;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What tests of requests have in common: people, a clock that can be set, and stores. */
abstract class RequestScene {

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  static final By JO = new By("jo", "a letter with a copy of the passport");
  static final By ANN = new By("ann", null);
  static final Key KEY = Key.of("a key that is only used by tests, 32+");

  static final Patience SHORT =
      new Patience(2, Duration.ofMillis(2), Duration.ofSeconds(1), Duration.ofMinutes(5));

  static final String SCHEMA =
      """
      create table person (id int primary key, email text not null, name text not null);
      create table visit (id int primary key, person_id int not null references person on delete cascade);
      create table invoice (id int primary key, person_id int not null references person, issued date not null);
      create table note (id int primary key, body text not null);
      insert into person select n, 'p' || n || '@example.org', 'Person ' || n from generate_series(1, 3) as n;
      insert into visit select n, 1 + n % 2 from generate_series(1, 6) as n;
      """;

  static final String POLICY =
      """
      version: 1
      tables:
        person:
          columns:
            email: { category: contact }
            name: { category: name }
          erase: delete
        invoice:
          retain: { for: P10Y, from: issued, ground: "17(3)(b)" }
      relations:
        invoice.person_id: { on_delete: cascade, owner: sole }
      subjects:
        person: { table: person, identify_by: [email, id] }
      """;

  PGSimpleDataSource database = new PGSimpleDataSource();
  JdbcTemplate sql = new JdbcTemplate();
  Instant now = NOW;

  @BeforeEach
  void create() {
    database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, SCHEMA);
    LedgerSchema.migrate(database);
    sql = new JdbcTemplate(database);
  }

  final Request throughTo(Requests requests, State end) {
    Request done = answered(requests, Kind.ERASURE, person(POLICY, "1"), NOW);
    assertThat(done.state()).as(() -> outcomes(requests, done).toString()).isEqualTo(end);
    return done;
  }

  /** From when it came in to the first run. */
  static Request answered(Requests requests, Kind kind, Person person, Instant received) {
    Request open = requests.open(kind, person, received, false, JO);
    requests.verification().byStatement(open.id(), JO);
    requests.collect(open.id(), ANN);
    requests.approve(open.id(), ANN);
    return requests.run(open.id(), ANN);
  }

  static List<String> outcomes(Requests requests, Request request) {
    return requests.outcomes(request.id()).stream().map(RequestScene::text).toList();
  }

  private static String text(Settled s) {
    return "%s %s %s %d%s%s"
        .formatted(
            s.store(),
            s.place(),
            s.outcome().word(),
            s.items(),
            s.ground() == null ? "" : " (" + s.ground() + ")",
            s.until() == null || s.outcome() != Outcome.RETAINED ? "" : " until " + s.until());
  }

  final Person person(String policy, String id) {
    Decisions decisions = decisions(policy);
    Dialect dialect = Dialect.of(decisions.catalog());
    return new Transactions(database, dialect, Backoff.DEFAULT)
        .look(
            jdbc ->
                new People(decisions, dialect, jdbc)
                    .find(People.type(decisions, "person"), "id=" + id));
  }

  /** How requests reach the database. */
  DataSource reached() {
    return database;
  }

  final Requests requests(String policy, MapStore... stores) {
    DataSource reached = reached();
    Decisions decisions = decisions(policy);
    Dialect dialect = Dialect.of(decisions.catalog());
    Transactions transactions = new Transactions(reached, dialect, Backoff.DEFAULT);
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    RequestWork work =
        new RequestWork(
            decisions,
            dialect,
            reached,
            transactions,
            new Executor(decisions, dialect, transactions, Means.ALL),
            KEY,
            clock,
            SHORT,
            new Exporter(
                decisions,
                dialect,
                transactions,
                transactions,
                clock,
                Transformations.installedAnd(List.of())),
            MapStore.all(stores));
    return new Requests(transactions, decisions.data().requests(), KEY, clock, work);
  }

  private Decisions decisions(String policy) {
    return Decisions.resolve(PolicyReader.read("lethe.yaml", policy), Lethe.readCatalog(database));
  }

  /** All that Lethe keeps of requests, as text. */
  final String ledger() {
    StringBuilder all = new StringBuilder();
    for (String table :
        List.of(
            "request",
            "request_step",
            "request_store",
            "request_piece",
            "request_outcome",
            "request_row",
            "audit",
            "erased",
            "suppressed")) {
      all.append(
          texts(
              "select coalesce(string_agg(t::text, '\n' order by t::text), '') from lethe.%s as t"
                  .formatted(table)));
    }
    return all.toString();
  }

  final List<@Nullable String> texts(String query) {
    return sql.query(query, (rs, n) -> rs.getString(1));
  }
}
