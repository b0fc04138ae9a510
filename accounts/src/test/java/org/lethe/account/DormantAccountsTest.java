package org.lethe.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lethe.account.DirectoryContract.CLOCK;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.error.NotPermittedException;
import org.lethe.policy.PolicyReader;
import org.lethe.retention.RuleLimits;
import org.lethe.retention.RuleReport;
import org.lethe.retention.RuleRun;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Accounts that a rule deactivates leave as if somebody had seen to each of them. */
class DormantAccountsTest {

  private static final String SCHEMA =
      """
      create table member (
        id int primary key, login text not null, active boolean not null default true,
        boss boolean not null default false, last_login timestamptz not null default '2020-01-01Z', gone_why text);
      create table team (id int primary key, name text not null);
      create table membership (member_id int references member, team_id int references team,
        since date not null default '2020-02-02', primary key (member_id, team_id));
      create table visit (member_id int not null references member);
      insert into member (id, login, boss) values
        (1, 'dora', false), (2, 'boss', true), (3, 'robot', false), (5, 'emil', false);
      insert into member values (4, 'ann', true, false, now(), null);
      insert into team values (7, 'writers');
      insert into membership values (1, 7);
      insert into visit values (1), (1), (2), (3), (4);
      """;

  private static final String POLICY =
      """
      version: 1
      accounts:
        { table: member, active: active, login: login, superuser: boss, last_login: last_login, deactivated_why: gone_why,
          groups: { table: team, id: id, name: name }, memberships: { table: membership, account: member_id, group: team_id },
          sessions: [{ sql: delete from visit where member_id = :id }], keep: "login ~ '^robot'  -- works at night" }
      rules:
        dormant: { table: member, older_than: { last_login: P1Y }, every: P1D, action: deactivate, take: [groups] }
      """;

  private static final AccountId DORA = new AccountId(AccountId.APP, "1");

  private final PGSimpleDataSource database = PostgresServer.shared().createDatabase();
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final List<String> told = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private Lethe lethe;

  @SuppressWarnings("NullAway.Init")
  private LetheAccounts accounts;

  /** Sessions that are in no database. */
  private final class Elsewhere implements SessionEnder {
    @Override
    public String place() {
      return "elsewhere";
    }

    @Override
    public void end(Account account) {
      told.add(account.login());
    }
  }

  @BeforeEach
  void begin() {
    PostgresServer.execute(database, SCHEMA);
    LedgerSchema.migrate(database);
    AccountSchema.migrate(database);
    lethe =
        Lethe.builder(database)
            .policy(PolicyReader.read("test", POLICY))
            .clock(CLOCK)
            .deactivation(
                decisions ->
                    LetheAccounts.builder(database, decisions)
                        .clock(CLOCK)
                        .sessions(new Elsewhere())
                        .build()
                        .byRules())
            .build();
    accounts = LetheAccounts.of(database, lethe.decisions(), CLOCK);
  }

  private RuleReport run() {
    return lethe
        .rules()
        .run(lethe.decisions().rules(), RuleLimits.NONE, "the night")
        .rules()
        .get(0);
  }

  private List<String> active() {
    return sql.queryForList("select login from member where active order by id", String.class);
  }

  @Test
  void theDormantLeaveAndOneWhoMayNotHoldsUpNobody() {
    String token =
        accounts
            .tokens()
            .create(DORA, "a program", Set.of(Permission.of("view:*")), null, new By("t", null))
            .secret();
    assertThat(lethe.rules().count(lethe.decisions().rules().get(0)))
        .as("without whom the policy keeps")
        .isEqualTo(3);
    assertThat(active()).as("counting changes nothing").hasSize(5);

    RuleReport report = run();

    assertThat(report.outcome()).isEqualTo(RuleReport.Outcome.FINISHED);
    assertThat(report.counts().updated()).isEqualTo(Map.of("member.active", 2L));
    assertThat(report.setAside()).hasSize(1);
    assertThat(report.setAside().keySet()).allMatch(why -> why.contains("last active superuser"));
    assertThat(active()).containsExactly("boss", "robot", "ann");
    RuleRun recorded = lethe.rules().history("dormant", 1).get(0);
    assertThat(recorded.counts().updated()).isEqualTo(Map.of("member.active", 2L));
    assertThat(recorded.setAside()).isEqualTo(report.setAside());

    assertThat(sql.queryForList("select member_id from visit order by 1", Integer.class))
        .as("sessions of those who stay")
        .containsExactly(2, 3, 4);
    assertThat(accounts.tokens().find(token)).isEmpty();
    assertThat(told).containsExactlyInAnyOrder("dora", "emil");
    Departure departure = accounts.departures().of(DORA).orElseThrow();
    assertThat(departure.kind()).isEqualTo(Departure.Kind.DEACTIVATED);
    assertThat(departure.by()).isEqualTo("the night");
    assertThat(departure.why()).isEqualTo("rule dormant");
    assertThat(departure.sessions()).isEqualTo(2);
    assertThat(departure.tokens()).isOne();
    assertThat(departure.taken().groups()).hasSize(1);
    assertThat(lethe.audit("the night", DORA.text(), 9))
        .extracting(e -> e.action() + ": " + e.reason())
        .containsExactly("deactivated: rule dormant");

    Reactivation back =
        accounts.departures().reactivate(DORA, new By("ann", null), DepartureOptions.ALL);
    assertThat(back.groups()).containsExactly("writers");
    assertThat(sql.queryForMap("select * from membership"))
        .containsEntry("since", java.sql.Date.valueOf("2020-02-02"));
  }

  @Test
  void whatFailsForOneIsUndoneForThatOneAlone() {
    sql.execute(
        """
        create function refuse() returns trigger language plpgsql as
          $$ begin raise exception 'not %', old.member_id using errcode = '23000'; end $$;
        create trigger refuse before delete on visit for each row when (old.member_id = 1) execute function refuse();
        """);

    RuleReport report = run();

    assertThat(report.counts().updated()).isEqualTo(Map.of("member.active", 1L));
    assertThat(report.rowsSetAside()).isEqualTo(2);
    assertThat(report.setAside()).containsEntry("refused by the database [23000]", 1L);
    assertThat(active()).containsExactly("dora", "boss", "robot", "ann");
    assertThat(sql.queryForObject("select count(*) from membership", Long.class)).isOne();
    assertThat(Objects.requireNonNull(run().setAside())).as("both rest for an hour").isEmpty();
  }

  @Test
  void whomThePolicyKeepsNobodyDeactivates() {
    AccountId robot = new AccountId(AccountId.APP, "3");
    assertThatThrownBy(
            () ->
                accounts
                    .departures()
                    .deactivate(robot, new By("ann", null), DepartureOptions.NOTHING))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("accounts.keep");
    assertThat(active()).contains("robot");
  }
}
