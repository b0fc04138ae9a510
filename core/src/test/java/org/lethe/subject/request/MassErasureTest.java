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
