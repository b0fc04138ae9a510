package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Counts;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.collect.Selected;
import org.lethe.error.InputException;
import org.lethe.execute.DeletionReport;
import org.lethe.plan.Plan;
import org.lethe.plan.PlanJson;
import org.lethe.plan.Step;
import org.lethe.plan.Tolerance;
import org.lethe.policy.PolicyReader;
import org.lethe.retention.PurgeLimits;
import org.lethe.retention.PurgeReport;
import org.lethe.schema.TableId;
import org.lethe.testkit.DatabaseDigest;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows that stay and are marked as deleted, beside rows that go to the ledger. */
class FlagStrategyTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** Customers and orders are marked, what hangs on orders is archived; a log entry is neither. */
  private static final String SCHEMA =
      """
      create table customer (id int primary key, name text, deleted boolean not null default false,
                             deleted_at timestamptz, deletion_id uuid, touched int not null default 0);
      create table orders (id int primary key, customer_id int references customer, note text,
                           removed_on timestamp);
      create table line (id int primary key, order_id int not null references orders, item text);
      create table referral (id int primary key, customer_id int references customer);
      create table claim (id int primary key, order_id int references orders);
      create table log (id int primary key, customer_id int references customer);
      insert into customer (id, name) values (1, 'Ada'), (2, 'Bob'), (3, 'Cy');
      insert into orders values (10, 1, 'a'), (11, 1, 'b'), (12, 2, 'c');
      insert into line values (100, 10, 'x'), (101, 10, 'y'), (102, 11, 'z'), (103, 12, 'w');
      insert into referral values (1, 1), (2, 2);
      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        customer: { trash: { strategy: flag } }
        orders: { trash: { strategy: flag, deleted_at: removed_on } }
      relations:
        orders.customer_id: cascade
        line.order_id: cascade
        referral.customer_id: set_null
        claim.order_id: protect
        log.customer_id: restrict
      """;

  private final TrashFixture it = new TrashFixture();
  private final PGSimpleDataSource database = it.database();
  private final JdbcTemplate sql = it.sql();
  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  @BeforeEach
  void create() {
    it.create(SCHEMA);
  }

  @Test
  void aMarkedRowStaysWithWhatIsMarkedAndTheRestGoesAndAllComesBack() throws SQLException {
    DatabaseDigest before = DatabaseDigest.of(database);

    DeletionReport report = softDelete("customer", "1");

    assertThat(report.counts().deleted())
        .containsOnly(
            Map.entry(table("customer"), 1L),
            Map.entry(table("orders"), 2L),
            Map.entry(table("line"), 3L));
    assertThat(report.counts().updated()).containsOnly(Map.entry("referral.customer_id", 1L));
    assertThat(
            sql.queryForMap(
                "select deleted, deleted_at = ? as at, deletion_id from customer where id = 1",
                Timestamp.from(NOW)))
        .containsEntry("deleted", true)
        .containsEntry("at", true)
        .containsEntry("deletion_id", report.deletion());
    assertThat(ids("select id from orders where removed_on = timestamp '2026-03-01 12:00'"))
        .containsExactly(10, 11);
    assertThat(ids("select id from line")).containsExactly(103);
    assertThat(ids("select id from referral where customer_id is null")).containsExactly(1);

    RestoreReport restored = lethe().trash().restore(id(report), TrashFixture.TESTER);

    assertThat(restored.counts())
        .isEqualTo(new Counts(report.counts().deleted(), Map.of("referral", 1L)));
    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isEmpty();
  }

  @Test
  void whatWasMarkedBeforeIsLeftAloneAndStaysInTheTrash() {
    UUID order = id(softDelete("orders", "10"));
    UUID customer = id(softDelete("customer", "1"));

    assertThat(lethe().trash().preview(order).conflicts())
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.kind()).isEqualTo(Conflict.Kind.PARENT_IN_TRASH);
              assertThat(c.deletions()).containsExactly(customer);
            });
    assertThatThrownBy(() -> lethe().trash().restore(order, TrashFixture.TESTER))
        .hasMessageContaining("restore that first");

    lethe().trash().restore(customer, TrashFixture.TESTER);
    assertThat(ids("select id from orders where removed_on is null")).containsExactly(11, 12);
    assertThat(ids("select id from line")).containsExactly(102, 103);
    lethe().trash().restore(order, TrashFixture.TESTER);
    assertThat(ids("select id from orders where removed_on is null")).containsExactly(10, 11, 12);
    assertThat(ids("select id from line")).containsExactly(100, 101, 102, 103);
  }

  @Test
  void protectAndRestrictHoldButNotForRowsThatAreMarkedAlready() {
    sql.update("insert into claim values (1, 10)");
    sql.update("insert into log values (1, 1)");

    assertThatThrownBy(() -> softDelete("customer", "1"))
        .isInstanceOf(BlockedException.class)
        .hasMessageContaining("claim.order_id (protect)")
        .hasMessageContaining("log.customer_id (restrict)");
    assertThat(ids("select id from customer where deleted")).isEmpty();

    sql.update("update orders set removed_on = now() where id = 10");
    sql.update("delete from log");
    softDelete("customer", "1");
    assertThat(ids("select id from line"))
        .as("order 10 was as good as gone")
        .containsExactly(100, 101, 103);
  }

  @Test
  void aRowThatIsMarkedIsNotMarkedTwice() {
    softDelete("customer", "1");

    assertThatThrownBy(() -> softDelete("customer", "1"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("already marked as deleted: customer 1");
    assertThat(softDelete(new Roots.Where(table("customer"), "true")).counts().deleted())
        .containsEntry(table("customer"), 2L);
    assertThat(
            lethe()
                .delete(new Roots.Keys(table("customer"), List.of(List.of("1"))))
                .counts()
                .deleted())
        .as("for good it goes all the same")
        .containsEntry(table("customer"), 1L)
        .containsEntry(table("orders"), 2L);
  }

  @Test
  void aMarkedTableIsArchivedWhereItsParentReallyGoes() throws SQLException {
    String policy =
        POLICY.replace(
            "customer: { trash: { strategy: flag } }", "customer: { trash: { keep: P9D } }");
    DatabaseDigest before = DatabaseDigest.of(database);
    Lethe lethe = lethe(policy);

    UUID id = id(lethe.trash().delete(key("customer", "1"), Period.ofDays(1), TrashFixture.TESTER));

    assertThat(ids("select id from orders")).containsExactly(12);
    lethe.trash().restore(id, TrashFixture.TESTER);
    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isEmpty();
    assertThat(
            lethe
                .preview(key("orders", "10"), DeleteKind.SOFT, Preview.Cap.NO_TREE)
                .selection()
                .tables())
        .filteredOn(Selected::marked)
        .extracting(Selected::table)
        .containsExactly(table("orders"));
  }

  @Test
  void thePlanSaysWhatIsMarkedAndRunsOnlyAsThat() {
    Lethe lethe = lethe();
    Plan plan = lethe.plan(key("customer", "1"), DeleteKind.SOFT);

    assertThat(plan.steps())
        .filteredOn(Step.Flag.class::isInstance)
        .extracting(s -> ((Step.Flag) s).columns())
        .containsExactly(List.of("deleted", "deleted_at", "deletion_id"), List.of("removed_on"));
    PlanJson json = new PlanJson(lethe.decisions());
    Plan read = json.read("plan.json", json.write(plan));
    assertThat(read.steps()).isEqualTo(plan.steps());
    assertThat(read.selection().kind()).isEqualTo(DeleteKind.SOFT);

    lethe.trash().apply(read, Tolerance.NONE, Period.ofDays(1), TrashFixture.TESTER);
    assertThat(ids("select id from customer where deleted")).containsExactly(1);
  }

  @Test
  void aRowUnmarkedByHandIsLeftAlone() {
    UUID id = id(softDelete("customer", "1"));
    sql.update("update orders set removed_on = null, note = 'again' where id = 11");
    sql.update("update customer set name = 'Ada L.' where id = 1");

    RestoreReport report = lethe().trash().restore(id, TrashFixture.TESTER);

    assertThat(report.conflicts())
        .singleElement()
        .extracting(Conflict::kind, Conflict::rows, Conflict::message)
        .containsExactly(
            Conflict.Kind.CHANGED_SINCE,
            1L,
            "1 row of orders is no longer marked as this deletion did, or gone, and is left alone");
    assertThat(report.counts().deleted()).containsEntry(table("orders"), 1L);
    assertThat(
            sql.queryForObject(
                "select name from customer where id = 1 and not deleted", String.class))
        .isEqualTo("Ada L.");
  }

  @Test
  void whatATriggerStampsIsTakenBackToo() throws SQLException {
    sql.execute(
        """
        create function touch() returns trigger language plpgsql as $$
        begin new.touched := old.touched + 1; return new; end $$;
        create trigger touch before update on customer for each row execute function touch();
        """);
    DatabaseDigest before = DatabaseDigest.of(database);

    UUID id = id(softDelete("customer", "1"));
    assertThat(sql.queryForObject("select touched from customer where id = 1", Integer.class))
        .isOne();
    lethe().trash().restore(id, TrashFixture.TESTER);

    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isEmpty();
  }

  @Test
  void aTriggerThatUndoesTheMarkIsNamedAndNothingChanges() throws SQLException {
    sql.execute(
        """
        create function never() returns trigger language plpgsql as $$
        begin new.deleted := false; return new; end $$;
        create trigger never before update on customer for each row execute function never();
        """);
    DatabaseDigest before = DatabaseDigest.of(database);

    assertThatThrownBy(() -> softDelete("customer", "1"))
        .hasMessageContaining(
            "rows of customer are not marked as deleted after they were marked, kept by trigger never");
    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isEmpty();
  }

  @Test
  void purgingDeletesMarkedRowsAndWhatHangsOnThemByNow() {
    softDelete("customer", "1");
    UUID other = id(softDelete("orders", "12"));
    sql.update("insert into line values (200, 10, 'late')");
    lethe().trash().restore(other, TrashFixture.TESTER);
    clock = Clock.offset(clock, Duration.ofDays(31));

    PurgeReport report = lethe().purger().run(PurgeLimits.NONE, "tester");

    assertThat(report.purged()).hasSize(1);
    assertThat(ids("select id from customer")).containsExactly(2, 3);
    assertThat(ids("select id from orders")).containsExactly(12);
    assertThat(ids("select id from line")).containsExactly(103);
    assertThat(ids("select id from referral where customer_id is null")).containsExactly(1);
  }

  @Test
  void purgingLeavesARowUnmarkedByHandAndSetsAsideWhatIsBlocked() {
    UUID first = id(softDelete("customer", "1"));
    UUID second = id(softDelete("customer", "3"));
    sql.update("insert into claim values (1, 10)");
    sql.update("update customer set deleted = false where id = 3");
    clock = Clock.offset(clock, Duration.ofDays(31));

    PurgeReport report = lethe().purger().run(PurgeLimits.NONE, "tester");

    assertThat(report.purged()).containsExactly(second);
    assertThat(report.failed()).containsExactly(first);
    assertThat(ids("select id from customer")).containsExactly(1, 2, 3);
    sql.update("delete from claim");
    clock = Clock.offset(clock, Duration.ofDays(1));
    assertThat(lethe().purger().run(PurgeLimits.NONE, "tester").purged()).containsExactly(first);
    assertThat(ids("select id from customer")).containsExactly(2, 3);
  }

  @Test
  void aThousandRowsMarkedInOneStatementComeBack() throws SQLException {
    sql.update(
        "insert into customer (id, name) select i, 'n' || i from generate_series(1000, 1999) i");
    sql.update("insert into orders select i, i, 'o' from generate_series(1000, 1999) i");
    DatabaseDigest before = DatabaseDigest.of(database);

    UUID id = id(softDelete(new Roots.Where(table("customer"), "id >= 1000")));
    assertThat(ids("select id from orders where removed_on is not null")).hasSize(1000);
    lethe().trash().restore(id, TrashFixture.TESTER);

    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isEmpty();
  }

  private DeletionReport softDelete(String table, String key) {
    return softDelete(key(table, key));
  }

  private DeletionReport softDelete(Roots roots) {
    return lethe().trash().delete(roots, Period.ofDays(30), TrashFixture.TESTER);
  }

  private static Roots key(String table, String key) {
    return new Roots.Keys(table(table), List.of(List.of(key)));
  }

  private static UUID id(DeletionReport report) {
    return Objects.requireNonNull(report.deletion());
  }

  private static TableId table(String name) {
    return new TableId("public", name);
  }

  private List<Integer> ids(String query) {
    return sql.queryForList(query + " order by 1", Integer.class);
  }

  private Lethe lethe() {
    return lethe(POLICY);
  }

  private Lethe lethe(String policy) {
    return Lethe.builder(database).policy(PolicyReader.read("test", policy)).clock(clock).build();
  }
}
