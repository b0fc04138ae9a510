package org.lethe.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.error.LetheException;
import org.lethe.retention.PurgeLimits;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every act leaves an entry, and no entry can be changed or taken out unseen. */
class AuditTest {

  private static final By ADA = new By("ada", "asked by phone");
  private static final By BOB = new By("bob", "a mistake");

  private final PGSimpleDataSource database = PostgresServer.shared().createDatabase();
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final Lethe lethe = create();

  private Lethe create() {
    PostgresServer.execute(
        database,
        """
        create table person (id int primary key, name text);
        insert into person select n, 'person ' || n from generate_series(1, 200) as n;
        """);
    LedgerSchema.migrate(database);
    return Lethe.builder(database).build();
  }

  @Test
  void everyActHasItsEntryAndNobodysData() {
    UUID first = delete(1, 30);
    UUID second = delete(2, 0);
    UUID hold = lethe.trash().hold(first, null, BOB);
    lethe.trash().lift(hold, BOB);
    lethe.trash().restore(first, BOB);
    lethe.purger().run(PurgeLimits.NONE, "nightly");

    assertThat(lethe.audit(null, null, 99))
        .extracting(Entry::number, Entry::actor, Entry::action, Entry::object)
        .containsExactly(
            tuple(6L, "nightly", "purge", second.toString()),
            tuple(5L, "bob", "restore", first.toString()),
            tuple(4L, "bob", "lift", hold.toString()),
            tuple(3L, "bob", "hold", first.toString()),
            tuple(2L, "ada", "delete", second.toString()),
            tuple(1L, "ada", "delete", first.toString()));
    assertThat(lethe.audit("bob", first.toString(), 99)).hasSize(2);
    assertThat(lethe.audit(null, null, 99)).noneMatch(e -> e.details().contains("person 1"));
    assertThat(lethe.verifyAudit()).isEmpty();
  }

  @Test
  void aRemovalThatFailsLeavesNoEntry() {
    sql.execute("create table bill (person_id int references person)");
    sql.execute("insert into bill values (1)");
    Lethe fresh = Lethe.builder(database).build();

    assertThatThrownBy(() -> fresh.trash().delete(roots(1), Period.ofDays(1), ADA))
        .hasMessageContaining("blocked");

    assertThat(fresh.audit(null, null, 9)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update lethe.audit set actor = 'eve' where entry = 2",
        "update lethe.audit set reason = null where entry = 1",
        "update lethe.audit set at = at + interval '1 second' where entry = 3",
        "update lethe.audit set details = '{}' where entry = 3",
        "delete from lethe.audit where entry = 2",
        "delete from lethe.audit where entry = 3",
        "delete from lethe.audit",
        "update lethe.audit set object = action, action = object where entry = 1"
      })
  void whatWasTamperedWithIsFound(String tampering) {
    delete(1, 1);
    delete(2, 1);
    delete(3, 1);
    assertThatThrownBy(() -> sql.execute(tampering))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("append-only");
    assertThat(lethe.verifyAudit()).isEmpty();

    sql.execute("alter table lethe.audit disable trigger append_only");
    sql.execute(tampering);

    assertThat(lethe.verifyAudit()).isNotEmpty();
  }

  @Test
  void withoutItsHeadTheAuditNeitherGoesOnNorVerifies() {
    delete(1, 1);
    sql.execute("delete from lethe.audit_head");

    assertThat(lethe.verifyAudit()).singleElement().asString().contains("the last to be written");
    assertThatThrownBy(() -> delete(2, 1))
        .isInstanceOf(LetheException.class)
        .hasMessageContaining("audit_head is empty");
    assertThat(sql.queryForObject("select count(*) from person", Long.class)).isEqualTo(199);
  }

  @Test
  void manyAtOnceMakeOneChain() throws Exception {
    List<Callable<UUID>> deletes = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      int id = i;
      deletes.add(() -> delete(id, 1));
    }
    ExecutorService threads = Executors.newFixedThreadPool(6);
    for (Future<UUID> deletion : threads.invokeAll(deletes)) {
      deletion.get();
    }
    threads.shutdown();

    assertThat(lethe.audit(null, null, 99)).hasSize(60);
    assertThat(lethe.verifyAudit()).isEmpty();
  }

  private UUID delete(int person, int days) {
    return Objects.requireNonNull(
        lethe.trash().delete(roots(person), Period.ofDays(days), ADA).deletion());
  }

  private Roots roots(int person) {
    return new Roots.Keys(
        lethe.catalog().find("person").orElseThrow(), List.of(List.of(Integer.toString(person))));
  }
}
