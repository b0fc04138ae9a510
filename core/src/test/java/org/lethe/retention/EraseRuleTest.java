package org.lethe.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.subject.Key;
import org.lethe.subject.request.State;

/** Rules that erase people: inactive, not confirmed, waiting to be deleted. */
class EraseRuleTest {

  private static final Key KEY = Key.of("a key that is only used by tests, 32+");

  private static final String SCHEMA =
      """
      create table person (id int primary key, email text not null, seen timestamptz, confirmed boolean not null);
      create table visit (id int primary key, person_id int not null references person on delete cascade);
      create table invoice (id int primary key, person_id int not null references person, issued date not null);
      insert into person select n, 'p' || n || '@example.org', timestamptz '2020-01-01' + n * interval '1 day', n % 2 = 0
        from generate_series(1, 10) as n;
      insert into visit select n, n from generate_series(1, 10) as n;
      """;

  private static final String POLICY =
      """
      tables:
        person: { columns: { email: { category: contact } }, erase: delete }
        invoice: { retain: { for: P10Y, from: issued, ground: "17(3)(b)" } }
      relations:
        invoice.person_id: { on_delete: cascade, owner: sole }
      subjects:
        person: { table: person, identify_by: [email, id] }
      rules:
        unconfirmed: { table: person, where: not confirmed, every: P1D, action: erase }
        inactive: { table: person, older_than: { seen: P30D }, every: P1D, action: erase }
      """;

  private final RuleFixture shop = new RuleFixture(SCHEMA);

  @Test
  void peopleAreErasedWithARequestEachAndOneReport() {
    shop.execute("update person set seen = now() + interval '50 years' where id > 6");
    shop.execute("insert into invoice values (1, 2, '2025-01-01')");

    RoundReport round = run();

    assertThat(round.rules()).allMatch(r -> r.outcome() == RuleReport.Outcome.FINISHED);
    assertThat(round.total().counts().deleted().values()).containsExactlyInAnyOrder(7L, 8L);
    assertThat(round.total().counts().updated()).isEqualTo(Map.of("person", 1L));
    assertThat(shop.texts("select id::text from person order by id"))
        .containsExactlyInAnyOrder("2", "8", "10");
    assertThat(shop.texts("select reason from lethe.request_step where to_state = 'received'"))
        .contains("rule unconfirmed", "rule inactive");
    assertThat(
            shop.texts(
                "select state || ' ' || count(*) from lethe.request where batch in (select run_id from lethe.rule_run) group by state order by 1"))
        .containsExactly("completed 7", "completed with retained data 1");
  }

  @Test
  void runAgainItLeavesWhatHadToStayAndSaysNothingOfIt() {
    shop.execute("insert into invoice values (1, 2, '2025-01-01')");
    run();
    List<String> before = shop.texts("select p::text from person as p");

    RoundReport again = run();

    assertThat(again.rules()).allMatch(r -> r.setAside().isEmpty() && r.counts().total() == 0);
    assertThat(shop.texts("select p::text from person as p")).isEqualTo(before);
    assertThat(shop.number("select count(*) from lethe.request")).isEqualTo(10);
  }

  @Test
  void whoeverCannotBeErasedIsSetAside() {
    shop.execute("create table letter (id int primary key, person_id int references person)");
    shop.execute("insert into letter values (1, 3)");

    RuleReport report = run().rules().get(0);

    assertThat(report.setAside())
        .isEqualTo(Map.of("nobody decided what becomes of letter.person_id", 1L));
    assertThat(shop.number("select count(*) from person where id in (1, 3, 5, 7, 9)")).isOne();
  }

  @Test
  void withoutAKeyNobodyIsErased() {
    RoundReport round = shop.run(POLICY);

    assertThat(round.rules()).allMatch(r -> r.outcome() == RuleReport.Outcome.FAILED);
    assertThat(round.rules().get(0).note()).contains("LETHE_KEY");
    assertThat(shop.number("select count(*) from person")).isEqualTo(10);
  }

  private RoundReport run() {
    Lethe lethe = shop.lethe(POLICY);
    RoundReport round =
        lethe
            .rules(lethe.requests(KEY, List.of()))
            .run(lethe.decisions().rules(), RuleLimits.NONE, "tester");
    assertThat(lethe.requests(KEY, List.of()).list(State.RUNNING, 9)).isEmpty();
    return round;
  }
}
