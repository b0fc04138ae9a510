package org.lethe.subject.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lethe.audit.Audit;
import org.lethe.policy.SubjectType;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.By;

/** Many people, one report. */
class MassErasureTest extends RequestScene {

  private static final By RULE = new By("housekeeping", "inactive for three years");

  private static final String PEOPLE =
      "select p::text from person as p union all select i::text from invoice as i order by 1";

  private @Nullable HikariDataSource pool;

  /** As where many people are erased for real: a connection for every transaction costs most. */
  @Override
  DataSource reached() {
    if (pool == null) {
      HikariConfig config = new HikariConfig();
      config.setDataSource(database);
      config.setMaximumPoolSize(20);
      pool = new HikariDataSource(config);
    }
    return pool;
  }

  @AfterEach
  void close() {
    if (pool != null) {
      pool.close();
    }
  }

  private final UUID batch = UUID.randomUUID();

  @Test
  void aThousandPeopleAreErasedWithOneReportAndNobodyElse() {
    people(4, 1_203);
    sql.execute("insert into visit select n, n - 100 from generate_series(104, 1303) as n");
    sql.execute("delete from visit where person_id not in (select id from person)");
    String othersBefore = others();

    BatchReport report = erase(requests(POLICY), ids(4, 1_003), null, () -> false);

    assertThat(report.requests()).isEqualTo(Map.of(State.COMPLETED, 1_000L));
    assertThat(report.refused()).isEmpty();
    assertThat(report.trouble()).isFalse();
    assertThat(report.places().stream().map(p -> p.place() + " " + p.items()))
        .containsExactly("person 1000", "visit 1000");
    assertThat(others()).isEqualTo(othersBefore);
    assertThat(texts("select count(*) from lethe.erased")).containsExactly("1000");
    assertThat(texts("select count(*) from lethe.suppressed")).containsExactly("1000");
    assertThat(ledger()).doesNotContain("p500@example.org");
  }

  private String others() {
    sql.execute(
        "create or replace view rest as select * from person where id not between 4 and 1003");
    return texts(
            "select md5(string_agg(r::text, ',' order by id)) from rest as r union all"
                + " select md5(string_agg(v::text, ',' order by id)) from visit as v"
                + " where person_id not between 4 and 1003")
        .toString();
  }

  @Test
  void whoeverCannotBeErasedHoldsNobodyUp() {
    people(4, 30);
    sql.execute("create table letter (id int primary key, person_id int references person)");
    sql.execute("insert into letter values (1, 7), (2, 7), (3, 9)");

    BatchReport report = erase(requests(POLICY), ids(4, 30), null, () -> false);

    assertThat(report.requests()).containsEntry(State.COMPLETED, 25L);
    assertThat(report.refused())
        .isEqualTo(Map.of("nobody decided what becomes of letter.person_id", 2L));
    assertThat(report.trouble()).isTrue();
    assertThat(texts("select id from person where id > 3 order by 1")).containsExactly("7", "9");
  }

  @Test
  void whatIsLeftOfSomebodyIsNamedWithThemAlone() {
    people(4, 130);
    sql.execute("insert into note values (1, 'call P77@example.org and p78@example.org')");

    Requests requests = requests(POLICY);
    BatchReport report = erase(requests, ids(4, 100), null, () -> false);

    assertThat(report.requests())
        .isEqualTo(Map.of(State.COMPLETED, 95L, State.PARTIALLY_FAILED, 2L));
    assertThat(
            report.places().stream()
                .map(p -> p.place() + " " + p.outcome().word() + " " + p.items()))
        .contains("note.body unsupported 2");
    sql.execute("update note set body = ''");
    now = now.plusSeconds(9);
    assertThat(requests.runDue(10, RULE, r -> {})).isEmpty();
    requests.list(State.PARTIALLY_FAILED, 9).forEach(r -> requests.run(r.id(), RULE));
    assertThat(requests.together().report(batch).requests())
        .isEqualTo(Map.of(State.COMPLETED, 97L));
  }

  @Test
  void whoIsNoLongerDueIsLeftAlone() {
    people(4, 8);
    sql.execute("alter table person add seen boolean not null default false");
    Requests requests = requests(POLICY);
    sql.execute("update person set seen = true where id = 6");

    BatchReport report =
        erase(requests, ids(4, 8), key -> "not seen and person.id = " + key.get(0), () -> false);

    assertThat(report.refused()).isEqualTo(Map.of("no longer due", 1L));
    assertThat(report.requests()).isEqualTo(Map.of(State.COMPLETED, 4L, State.WITHDRAWN, 1L));
    assertThat(texts("select id from person where id > 3")).containsExactly("6");
    assertThat(ledger()).doesNotContain("p6@example.org");
    assertThat(texts("select count(*) from lethe.request where sealed_subject is not null"))
        .containsExactly("0");
  }

  @Test
  void whatOneRunLeavesTheNextGoesOnWith() {
    people(4, 20);
    MapStore cache = new MapStore("cache").with("p10@example.org/basket", "p19@example.org/basket");
    Requests requests = requests(POLICY, cache);
    assertThatThrownBy(
            () ->
                erase(
                    requests,
                    ids(4, 20),
                    key -> {
                      if (key.equals(List.of("10"))) {
                        throw new OutOfMemoryError("this process dies here");
                      }
                      return "person.id = " + key.get(0);
                    },
                    () -> false))
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
    assertThat(requests.together().report(batch).requests()).containsKey(State.APPROVED);

    BatchReport second = erase(requests, ids(4, 20), null, () -> false);

    requests.runDue(20, RULE, r -> {});
    assertThat(requests.together().report(second.batch()).requests())
        .isEqualTo(Map.of(State.COMPLETED, 17L));
    assertThat(cache.values).isEmpty();
    assertThat(texts("select id from person where id > 3")).isEmpty();
  }

  @Test
  void whoAskedForItThemselvesIsNotTakenOver() {
    people(4, 6);
    Requests requests = requests(POLICY);
    requests.open(Kind.ERASURE, person(POLICY, "5"), NOW, false, JO);

    BatchReport report = erase(requests, ids(4, 6), null, () -> false);

    assertThat(report.refused()).isEqualTo(Map.of("asked for it themselves", 1L));
    assertThat(texts("select id from person where id > 3")).containsExactly("5");
  }

  @Test
  void whatHadToStayOfSomebodyIsNotErasedAgain() {
    people(4, 6);
    sql.execute("insert into invoice values (1, 5, '2025-01-01')");
    Requests requests = requests(POLICY);
    BatchReport first = erase(requests, ids(4, 6), null, () -> false);
    assertThat(first.requests())
        .isEqualTo(Map.of(State.COMPLETED, 2L, State.COMPLETED_WITH_RETAINED_DATA, 1L));
    List<@Nullable String> before = texts(PEOPLE);

    BatchReport second = erase(requests, ids(4, 6), null, () -> false);

    assertThat(second.refused()).isEqualTo(Map.of("gone already", 2L, BatchReport.REMAINS, 1L));
    assertThat(texts(PEOPLE)).isEqualTo(before);
  }

  @Test
  void whatIsErasedTogetherIsWrittenDownForEachAsIfAlone() {
    people(4, 43);
    sql.execute("create table thread (id int primary key, starter int references person, up int)");
    sql.execute("alter table thread add foreign key (up) references thread");
    sql.execute("create table look (id int primary key, person_id int references person)");
    // As many for those up to 23 as for those after them; threads go three deep.
    sql.execute("insert into visit select 100 + n, 4 + n % 40 from generate_series(0, 119) as n");
    sql.execute("delete from visit where person_id in (14, 15, 34, 35)");
    sql.execute(
        "insert into thread select n, case when n % 3 = 0 then 4 + n % 20 + n / 60 * 20 end,"
            + " case when n % 3 > 0 then n - 1 end from generate_series(0, 119) as n");
    sql.execute("insert into look select n, 4 + n % 40 from generate_series(0, 79) as n");
    sql.execute("delete from look where person_id in (15, 16, 35, 36)");
    String policy =
        POLICY.replace(
            "subjects:",
            """
              thread.starter: { on_delete: cascade, owner: sole }
              thread.up: { on_delete: cascade, owner: sole }
              look.person_id: { on_delete: set_null, owner: mentioned }
            subjects:""");

    erase(requests(policy), ids(4, 23), null, () -> false);
    List<@Nullable String> together = ofEachPerson(0);
    erase(requests(policy, new MapStore("cache")), ids(24, 43), null, () -> false);
    List<@Nullable String> singly = ofEachPerson(20);

    assertThat(together).hasSize(20).anyMatch(t -> String.valueOf(t).contains("thread"));
    assertThat(singly).isEqualTo(together);
    assertThat(texts("select count(*) from thread")).containsExactly("0");
    assertThat(texts("select count(*) from look where person_id is null")).containsExactly("72");
    assertThat(new Audit(sql).verify(n -> {})).isEmpty();
    assertThat(texts("select count(distinct batch) from lethe.request")).containsExactly("1");
  }

  /** What the ledger has of this database for each request that came after so many others. */
  private List<@Nullable String> ofEachPerson(int others) {
    return texts(
        """
        select (select string_agg(concat_ws(' ', o.place, o.outcome, o.items), ', ' order by o.place)
                  from lethe.request_outcome as o
                 where o.request_id = r.request_id and o.store = 'database')
               || ': ' || (select string_agg(concat_ws(' ', s.from_state, s.to_state, s.actor, s.reason), ', ' order by s.step)
                             from lethe.request_step as s where s.request_id = r.request_id)
               || ': ' || (select string_agg(a.action, ', ' order by a.entry) from lethe.audit as a
                            where a.object = r.request_id::text)
               || ': ' || concat_ws(' ', r.state, r.verified_how, r.collected_by, r.approved_by, r.next_at)
               || ' ' || (select count(*) from lethe.erased as e where e.request_id = r.request_id)
          from lethe.request as r where r.number > %d order by 1
        """
            .formatted(others));
  }

  @Test
  void oneWhomTheDatabaseWillNotLetGoIsFoundAmongAllWhoAreErasedTogether() {
    people(4, 63);
    sql.execute(
        """
        create function stay() returns trigger language plpgsql as
          $$ begin if old.id = 40 then raise exception 'not this one'; end if; return old; end $$
        """);
    sql.execute("create trigger stay before delete on person for each row execute function stay()");

    BatchReport report = erase(requests(POLICY), ids(4, 63), null, () -> false);

    assertThat(report.requests())
        .isEqualTo(Map.of(State.COMPLETED, 59L, State.PARTIALLY_FAILED, 1L));
    assertThat(texts("select id from person where id > 3")).containsExactly("40");
  }

  private void people(int from, int to) {
    PostgresServer.execute(
        database,
        "insert into person select n, 'p' || n || '@example.org', 'Person ' || n from generate_series(%d, %d) as n"
            .formatted(from, to));
  }

  private static Iterator<List<String>> ids(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(n -> List.of(Integer.toString(n))).iterator();
  }

  private BatchReport erase(
      Requests requests,
      Iterator<List<String>> ids,
      @Nullable Function<List<String>, String> still,
      BooleanSupplier stop) {
    SubjectType type = person(POLICY, "1").type();
    return requests
        .together()
        .erase(new MassErasure.Order(batch, type, still, 3, stop), ids, RULE, done -> {});
  }
}
