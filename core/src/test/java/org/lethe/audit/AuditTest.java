package org.lethe.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
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
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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
  void entriesAreFoundByWhatWasDoneAndWhenPageByPage() {
    for (int person = 1; person <= 5; person++) {
      delete(person, 1);
    }
    UUID held = delete(6, 1);
    lethe.trash().hold(held, null, BOB);
    AuditQuery deletes = AuditQuery.ALL.action("delete");
    List<Entry> all = lethe.audit(AuditQuery.ALL, 99);

    assertThat(lethe.audit(deletes, 99)).hasSize(6);
    assertThat(lethe.audit(AuditQuery.ALL.by("bob").of(held.toString()), 99)).hasSize(1);
    assertThat(lethe.audit(deletes.by("bob"), 99)).isEmpty();
    assertThat(lethe.audit(AuditQuery.ALL.by("bob", "ada"), 99)).isEqualTo(all);
    assertThat(numbers(lethe.audit(deletes, 2))).containsExactly(6L, 5L);
    assertThat(numbers(lethe.audit(deletes.before(5L), 2))).containsExactly(4L, 3L);
    assertThat(lethe.audit(deletes.before(1L), 2)).isEmpty();
    // Latest first: from the third is the third and all that came before it in the list.
    assertThat(lethe.audit(AuditQuery.ALL.between(all.get(2).at(), null), 99))
        .isEqualTo(all.subList(0, 3));
    assertThat(lethe.audit(AuditQuery.ALL.between(null, all.get(2).at()), 99))
        .isEqualTo(all.subList(3, 7));
    assertThat(lethe.auditedActions()).containsExactly("delete", "hold");
  }

  @Test
  void anAuditOfManyEntriesIsVerifiedPieceByPiece() {
    new TransactionTemplate(new JdbcTransactionManager(database))
        .executeWithoutResult(
            status -> {
              for (int i = 0; i < 4100; i++) {
                new Audit(sql).append(Instant.EPOCH, "ada", "test", "x", null, "{}");
              }
            });
    List<Long> seen = new ArrayList<>();

    assertThat(lethe.verifyAudit(seen::add)).isEmpty();

    assertThat(seen).containsExactly(2000L, 4000L);
  }

  private static List<Long> numbers(List<Entry> entries) {
    return entries.stream().map(Entry::number).toList();
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
