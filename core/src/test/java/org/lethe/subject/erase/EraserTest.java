package org.lethe.subject.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.execute.Backoff;
import org.lethe.execute.Executor;
import org.lethe.execute.Means;
import org.lethe.execute.Transactions;
import org.lethe.policy.Decisions;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.TableId;
import org.lethe.subject.Key;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What becomes of each row and column of a person, and of those of others. */
class EraserTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final String SCHEMA =
      """
      create domain amount as numeric(12, 2) check (value >= 0);
      create domain handle as text check (value <> '');
      create table person (
        credit amount not null default 7, nick handle not null default 'nick',
        id int primary key, email text not null unique, name text not null, phone text,
        born date, ip inet, notes text, doc jsonb not null default '{}');
      create table invoice (
        id int primary key, person_id int not null references person, issued date not null,
        remark text);
      create table line (
        invoice_id int not null references invoice, no int, what text not null,
        primary key (invoice_id, no));
      create table visit (
        id int primary key, person_id int not null references person on delete cascade,
        path text not null);
      create table message (
        id int primary key, sender int references person, recipient int references person,
        body text not null);
      create table dispute (
        id int primary key, visit_id int not null references visit, why text not null);
      insert into person (id, email, name, phone, born, ip, notes, doc)
        select n, 'p' || n || '@example.org', 'Person ' || n, '0123456' || n, '1980-05-17',
               '10.1.2.3', 'Calls p' || n || '@example.org daily, or other@example.org',
               '{"name": "Person", "tags": [{"ip": "10.1.2.3", "k": 1}, {"ip": "10.1.2.4"}], "left": 1}'
          from generate_series(1, 3) as n;
      insert into invoice values (10, 1, '2020-01-15', 'old'), (11, 1, '2010-01-15', 'ancient'),
                                 (20, 2, '2020-01-15', 'other');
      insert into line select i, n, 'thing' from unnest(array[10, 11, 20]) as i, generate_series(1, 2) as n;
      insert into visit values (100, 1, '/'), (101, 1, '/a'), (200, 2, '/');
      insert into message values (1, 1, 2, 'hello, write to P1@example.org or p2@example.org'),
                                 (2, 2, 1, 'dear p1@example.org'), (3, 2, 3, 'p1@example.org');
      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        person:
          erase: delete
          columns:
            email: { category: contact, erase: { fake: email } }
            name:  { category: name, erase: placeholder }
            phone: { category: contact }
            credit: { category: financial }
            nick: { category: identifier }
            born:  { category: birth, erase: { generalise: year } }
            ip:    { category: network, erase: { generalise: network } }
            notes: { category: content, erase: { redact: [identifiers] } }
            doc:   { category: content, erase: { path: { "$.name": null, "$.tags[*].ip": { constant: none } } } }
        invoice:
          retain: { for: P10Y, from: issued, ground: "17(3)(b)", law: tax code, with: [line] }
        message:
          columns:
            body: { category: content, erase: { redact: [identifiers] } }
      relations:
        invoice.person_id: { on_delete: cascade, owner: sole }
        line.invoice_id:   { on_delete: cascade, owner: sole }
        visit.person_id:   { on_delete: cascade, owner: sole }
        dispute.visit_id:  { on_delete: protect, owner: sole }
        message.sender:    { on_delete: set_null, owner: shared }
        message.recipient: { on_delete: set_null, owner: shared }
      subjects:
        person: { table: person, identify_by: [email, id] }
      """;

  private PGSimpleDataSource database = new PGSimpleDataSource();
  private JdbcTemplate sql = new JdbcTemplate();
  private final List<String> remaining = new ArrayList<>();

  @BeforeEach
  void create() {
    database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, SCHEMA);
    LedgerSchema.migrate(database);
    sql = new JdbcTemplate(database);
  }

  @Test
  void deletesWhatIsTheirsAndKeepsWhatTheLawWants() {
    ErasurePlan done = erase(POLICY, NOW);

    assertThat(texts("select id || ' ' || remark from invoice order by id"))
        .containsExactly("10 old", "20 other");
    assertThat(texts("select invoice_id || '.' || no from line order by 1"))
        .containsExactly("10.1", "10.2", "20.1", "20.2");
    assertThat(texts("select id::text from visit")).containsExactly("200");
    assertThat(of(done, "invoice").deleted()).isEqualTo(1);
    assertThat(of(done, "invoice").kept())
        .containsExactly(
            new ErasurePlan.Kept(1, "17(3)(b), tax code", Instant.parse("2030-01-15T00:00:00Z")));
    assertThat(of(done, "line").kept().get(0).rows()).isEqualTo(2);
    assertThat(of(done, "line").deleted()).isEqualTo(2);
    assertThat(of(done, "visit").deleted()).isEqualTo(2);
    assertThat(of(done, "message").shared()).isEqualTo(2);
  }

  @Test
  void whatSomethingKeptRefersToStaysWithoutSayingWhoItWas() {
    ErasurePlan done = erase(POLICY, NOW);

    assertThat(of(done, "person").treated()).isEqualTo(1);
    Map<String, Object> person =
        sql.queryForMap("select *, host(ip) as h from person where id = 1");
    assertThat((String) person.get("email")).matches("deleted-[0-9a-f]{16}@example\\.invalid");
    assertThat((String) person.get("name")).matches("Deleted user [0-9a-f]{8}");
    assertThat(person.get("phone")).isNull();
    assertThat(person.get("credit")).hasToString("0.00");
    assertThat((String) person.get("nick")).startsWith("Deleted user ");
    assertThat(person.get("born")).hasToString("1980-01-01");
    assertThat(person.get("h")).isEqualTo("10.1.2.0");
    assertThat(person.get("notes")).isEqualTo("Calls [removed] daily, or other@example.org");
    assertThat(texts("select doc::text from person where id = 1"))
        .containsExactly(
            "{\"left\": 1, \"name\": null, \"tags\": [{\"k\": 1, \"ip\": \"none\"}, {\"ip\": \"none\"}]}");
    assertThat(remaining).containsExactlyInAnyOrder("person 1", "invoice 1", "line 2");
  }

  @Test
  void whatIsSharedLosesTheirIdentifiersAndNothingElse() {
    String before = texts("select body from message where id = 3").get(0);

    erase(POLICY, NOW);

    assertThat(texts("select body from message order by id"))
        .containsExactly("hello, write to [removed] or p2@example.org", "dear [removed]", before);
    assertThat(
            texts(
                "select coalesce(sender, 0) || '-' || coalesce(recipient, 0) from message order by id"))
        .containsExactly("1-2", "2-1", "2-3");
  }

  @Test
  void whatTheLawWantsKeptIsNotRedactedAsIfItWereOthersToo() {
    sql.execute("update invoice set remark = 'of p1@example.org' where id = 10");
    String policy =
        POLICY
            .replace("        with: [line] }", "with: [line] }")
            .replace(
                "with: [line] }",
                "with: [line] }\n    columns: { remark: { category: content, erase: { redact: [identifiers] } } }");

    ErasurePlan unused = erase(policy, NOW);

    assertThat(texts("select remark from invoice where id = 10"))
        .containsExactly("of p1@example.org");
  }

  @Test
  void showsWhatRedactionsWouldTakeOutAndTakesOutJustThat() {
    Decisions decisions = decisions(POLICY);
    List<Match> matches =
        transactions(decisions).look(jdbc -> eraser(decisions).matches(jdbc, order(NOW), 20));

    assertThat(matches)
        .containsExactlyInAnyOrder(
            new Match(
                "person.notes",
                List.of("1"),
                "Calls ",
                "p1@example.org",
                " daily, or other@example.org"),
            new Match(
                "message.body",
                List.of("1"),
                "hello, write to ",
                "P1@example.org",
                " or p2@example.org"),
            new Match("message.body", List.of("2"), "dear ", "p1@example.org", ""));
    assertThat(matches.get(0).toString()).doesNotContain("p1@");
    assertThat(texts("select body from message where body like '%removed%'")).isEmpty();
    List<Match> few =
        transactions(decisions).look(jdbc -> eraser(decisions).matches(jdbc, order(NOW), 1));
    assertThat(few).hasSize(2);
  }

  @Test
  void everythingGoesOnceTheClockHasPassed() {
    erase(POLICY, Instant.parse("2031-01-01T00:00:00Z"));

    assertThat(texts("select id::text from person order by id")).containsExactly("2", "3");
    assertThat(texts("select id::text from invoice")).containsExactly("20");
    assertThat(
            texts(
                "select coalesce(sender, 0) || '-' || coalesce(recipient, 0) from message order by id"))
        .containsExactly("0-2", "2-0", "2-3");
    assertThat(remaining).isEmpty();
  }

  @Test
  void rowsOfOthersAreNotTouched() {
    String others =
        "select md5(string_agg(t::text, '' order by t::text)) from (select to_jsonb(p) from person p where id > 1 union all select to_jsonb(i) from invoice i where person_id > 1 union all select to_jsonb(v) from visit v where person_id > 1) as t";
    String before = texts(others).get(0);

    erase(POLICY, NOW);

    assertThat(texts(others)).containsExactly(before);
  }

  @Test
  void aProtectingRowStaysAndIsNamed() {
    sql.update("insert into dispute values (7, 100, 'money back')");

    ErasurePlan done = erase(POLICY, NOW);

    assertThat(texts("select id::text from visit order by id")).containsExactly("100", "200");
    assertThat(of(done, "dispute").kept().get(0).ground()).isEqualTo("protect dispute.visit_id");
    assertThat(of(done, "visit").kept().get(0).ground()).isEqualTo("needed by dispute.visit_id");
    assertThat(of(done, "visit").deleted()).isEqualTo(1);
  }

  @Test
  void aHoldKeepsARowAsItIs() {
    sql.update(
        """
        insert into lethe.row_hold (hold_id, table_schema, table_name, key, reason, held_until, placed_at, placed_by)
        values (gen_random_uuid(), 'public', 'visit', array['101'], 'lawsuit', '2026-06-01', now(), 'jo'),
               (gen_random_uuid(), 'public', 'visit', array['100'], 'over', '2026-01-01', now(), 'jo')
        """);

    ErasurePlan done = erase(POLICY, NOW);

    assertThat(texts("select id::text from visit order by id")).containsExactly("101", "200");
    assertThat(of(done, "visit").kept().get(0).ground()).isEqualTo("hold: lawsuit");
  }

  @Test
  void whatNobodyDecidedBlocksAndNothingChanges() {
    String undecided =
        POLICY.replace("  visit.person_id:   { on_delete: cascade, owner: sole }\n", "");
    sql.execute(
        "alter table visit drop constraint visit_person_id_fkey, add foreign key (person_id) references person");

    assertThatThrownBy(() -> erase(undecided, NOW))
        .isInstanceOf(ErasureBlockedException.class)
        .hasMessageContaining("2 rows over visit.person_id")
        .hasMessageContaining("visit.person_id: cascade");
    assertThat(texts("select count(*)::text from visit")).containsExactly("3");
  }

  @Test
  void thePlanIsWhatIsDoneAndChangesNothing() {
    Decisions decisions = decisions(POLICY);
    ErasurePlan planned =
        transactions(decisions).look(jdbc -> eraser(decisions).plan(jdbc, order(NOW)));
    assertThat(texts("select count(*)::text from visit")).containsExactly("3");

    ErasurePlan done = erase(POLICY, NOW);

    assertThat(done.tables()).isEqualTo(planned.tables());
  }

  private ErasurePlan erase(String policy, Instant now) {
    Decisions decisions = decisions(policy);
    return transactions(decisions)
        .change(
            jdbc ->
                eraser(decisions)
                    .erase(
                        jdbc,
                        order(now),
                        (table, rows) -> {
                          Integer count =
                              jdbc.queryForObject(
                                  "select count(*)::int from (" + rows + ") as r", Integer.class);
                          if (count != null && count > 0) {
                            remaining.add(table.name() + " " + count);
                          }
                        }));
  }

  private static Eraser.Order order(Instant now) {
    TableId person = new TableId("public", "person");
    return new Eraser.Order(
        List.of(new Roots.Keys(person, List.of(List.of("1")))),
        true,
        Map.of(),
        List.of("p1@example.org"),
        now);
  }

  private Decisions decisions(String policy) {
    return Decisions.resolve(PolicyReader.read("lethe.yaml", policy), Lethe.readCatalog(database));
  }

  private Transactions transactions(Decisions decisions) {
    return new Transactions(database, Dialect.of(decisions.catalog()), Backoff.DEFAULT);
  }

  private Eraser eraser(Decisions decisions) {
    Dialect dialect = Dialect.of(decisions.catalog());
    Key key = Key.of("a key that is only used by tests, 32+");
    return new Eraser(
        decisions,
        dialect,
        new Executor(decisions, dialect, transactions(decisions), Means.ALL),
        key);
  }

  private static ErasurePlan.OfTable of(ErasurePlan plan, String table) {
    return plan.tables().stream()
        .filter(t -> t.table().name().equals(table))
        .findFirst()
        .orElseThrow();
  }

  private List<@Nullable String> texts(String query) {
    return sql.query(query, (rs, n) -> rs.getString(1));
  }
}
