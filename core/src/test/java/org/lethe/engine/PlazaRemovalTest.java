package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lethe.Lethe;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Blocker;
import org.lethe.collect.Counts;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.collect.Selection;
import org.lethe.collect.UnusableTargetException;
import org.lethe.collect.Warning;
import org.lethe.execute.DeletionReport;
import org.lethe.plan.Tolerance;
import org.lethe.policy.OnDelete;
import org.lethe.policy.PolicyReader;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.Samples;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The removals that the sample's page tells people to try. What the page counts, {@code
 * PlazaCasesTest} counts by SQL of its own; here the engine must come to the same figures.
 */
class PlazaRemovalTest {

  /** Nothing in it is ever deleted: for looking. */
  private static Lethe untouched = plaza(Samples.plaza());

  private static Lethe plaza(DataSource database) {
    return Lethe.of(database, PolicyReader.read("lethe.yaml", Plaza.policyYaml()));
  }

  @BeforeAll
  static void open() {
    untouched = plaza(Samples.plaza());
  }

  @Test
  void customer1IsAWholePerson() throws SQLException {
    PGSimpleDataSource database = Samples.plaza();
    DatabaseDigest before = DatabaseDigest.of(database);
    Lethe lethe = plaza(database);

    DeletionReport report = lethe.apply(lethe.plan(roots(lethe, "customer", "1")), Tolerance.NONE);

    assertThat(named(lethe, report.counts()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("customer", 1L),
                Map.entry("account", 1L),
                Map.entry("address", 1L),
                Map.entry("order", 15L),
                Map.entry("order_line", 21L),
                Map.entry("invoice", 15L),
                Map.entry("invoice_line", 21L),
                Map.entry("payment", 15L),
                Map.entry("support.ticket", 3L),
                Map.entry("support.ticket_message", 9L),
                Map.entry("attachment", 1L),
                Map.entry("newsletter_subscription", 2L),
                Map.entry("sign_in_attempt", 13L),
                Map.entry("event", 10L),
                Map.entry("recent_action", 22L),
                Map.entry("session", 2L),
                Map.entry("api_token", 1L),
                Map.entry("account_group", 2L),
                Map.entry("vote", 9L),
                Map.entry("todo", 6L),
                Map.entry("access_log", 15L)));
    assertThat(report.counts().total()).isEqualTo(185);
    assertThat(report.counts().updated())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "post.author_id", 5L,
                "comment.author_id", 17L,
                "poll.created_by", 1L,
                "message.sender_id", 5L,
                "message.recipient_id", 14L,
                "customer.referred_by", 8L));
    onlyTheseTablesChanged(before, DatabaseDigest.of(database), report.counts());
  }

  /** Rows are gone from every table by exactly what the report says, and no other table differs. */
  private static void onlyTheseTablesChanged(
      DatabaseDigest before, DatabaseDigest after, Counts counts) {
    Map<String, Long> gone = new TreeMap<>();
    before
        .tables()
        .forEach((t, d) -> gone.put(t, d.rows() - after.tables().getOrDefault(t, d).rows()));
    gone.values().removeIf(n -> n == 0);
    Map<String, Long> reported = new TreeMap<>();
    counts
        .deleted()
        .forEach(
            (t, n) ->
                reported.put(
                    t.schema() + "." + (t.name().equals("order") ? "\"order\"" : t.name()), n));
    assertThat(gone).isEqualTo(reported);
    for (String table : List.of("public.team", "public.product", "public.employee")) {
      assertThat(after.tables().get(table)).isEqualTo(before.tables().get(table));
    }
  }

  @Test
  void customer13IsBlockedTwiceAndKeptWhole() throws SQLException {
    PGSimpleDataSource database = Samples.plaza();
    DatabaseDigest before = DatabaseDigest.of(database);
    Lethe lethe = plaza(database);

    assertThatThrownBy(() -> lethe.delete(roots(lethe, "customer", "13")))
        .isInstanceOf(BlockedException.class)
        .hasMessageContaining("chargeback(payment_id, paid_on) (protect)")
        .hasMessageContaining("order(ship_customer_id, ship_address_no) (restrict)");

    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "account, 11, team.lead_id, PROTECT",
    "order, 4, invoice.order_id, RESTRICT",
    "product, 13, order_line.product_id, RESTRICT"
  })
  void blocked(String table, String key, String relation, OnDelete.Kind kind) {
    List<Blocker> blockers = look(table, key).blockers();

    assertThat(blockers)
        .extracting(b -> b.relation().name(), Blocker::kind)
        .contains(tuple(relation, kind));
  }

  @ParameterizedTest
  @CsvSource({
    "order, 1, 3, 0",
    "employee, 3, 1, 68",
    "customer, 7, 6262, 1993",
    "customer, 800, 1, 0",
    "account, 599, 1, 0",
    "comment, 1, 400, 1",
    "action_type, 5, 1, 699"
  })
  void counted(String table, String key, long rows, long changed) {
    Selection found = look(table, key);

    assertThat(found.blockers()).isEmpty();
    assertThat(found.counts().total()).isEqualTo(rows);
    assertThat(found.counts().updated().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(changed);
  }

  @Test
  void post1000TakesADeepThreadAndItsPoll() {
    PGSimpleDataSource database = Samples.plaza();
    Lethe lethe = plaza(database);
    JdbcTemplate sql = new JdbcTemplate(database);

    DeletionReport report = lethe.delete(roots(lethe, "post", "1000"));

    assertThat(named(lethe, report.counts()))
        .containsEntry("comment", 405L)
        .containsEntry("poll", 1L)
        .containsEntry("choice", 4L)
        .containsEntry("vote", 50L);
    assertThat(sql.queryForObject("select count(*) from comment where post_id = 1000", Long.class))
        .isZero();
  }

  @Test
  void formerMemberCannotTakeOverFromHimself() {
    assertThatThrownBy(() -> look("account", "0"))
        .isInstanceOf(UnusableTargetException.class)
        .hasMessageContaining("goes in this same removal");
  }

  @Test
  void whatIsLeftDanglingIsSaid() {
    assertThat(look("account", "599").warnings())
        .extracting(Warning::kind, Warning::subject)
        .contains(tuple(Warning.Kind.DANGLING, "sign_in_attempt.ip"));
  }

  private static Selection look(String table, String key) {
    return untouched.preview(roots(untouched, table, key), Preview.Cap.NO_TREE).selection();
  }

  private static Roots roots(Lethe lethe, String table, String key) {
    return new Roots.Keys(lethe.catalog().find(table).orElseThrow(), List.of(List.of(key)));
  }

  private static Map<String, Long> named(Lethe lethe, Counts counts) {
    Map<String, Long> named = new TreeMap<>();
    counts.deleted().forEach((t, n) -> named.put(lethe.catalog().displayName(t), n));
    return named;
  }
}
