package org.lethe.server.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.server.AdminScene;
import org.lethe.server.Fields;
import org.lethe.server.Visitor;

/** Looking for rows in the sample: tables, lists, one row, files; by those who may and may not. */
class RecordsTest {

  private static AdminScene admin;
  private static Visitor root;

  @BeforeAll
  static void start() {
    admin = AdminScene.plaza();
    root = admin.signedIn(admin.superuser("root"));
  }

  @AfterAll
  static void stop() {
    admin.close();
  }

  private static Visitor.Page get(String path) {
    Visitor.Page page = root.get(path);
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    return page;
  }

  private static <T> T one(String sql, Class<T> type) {
    return Objects.requireNonNull(admin.jdbc().queryForObject(sql, type));
  }

  private static List<String> keys(Visitor.Page page) {
    return Fields.of(page, "row");
  }

  private static List<String> allKeys(String path) {
    List<String> keys = new ArrayList<>();
    for (String at = path; !at.isEmpty(); ) {
      Visitor.Page page = get(at);
      keys.addAll(keys(page));
      at = Fields.next(page);
    }
    return keys;
  }

  @Test
  void showsTablesWithWhatThePolicySaysOfThem() {
    String text = get("/records").body();
    assertThat(text)
        .contains("href=\"/records/customer\"", "href=\"/records/support.ticket\"")
        .contains(
            ">800<",
            "people: customer",
            "data of",
            "(tax code)",
            "stays, marked as deleted, 30 days")
        .doesNotContain("payment_2024", "schema_history");
    assertThat(get("/records?q=ticket").body()).doesNotContain("href=\"/records/customer\"");
  }

  @Test
  void pagesThroughAWholeTableMissingAndRepeatingNothing() {
    List<String> keys = allKeys("/records/customer");
    Integer rows = one("select count(*) from customer", Integer.class);
    assertThat(keys).hasSize(rows).doesNotHaveDuplicates();
  }

  @Test
  void sortsBothWaysWithRowsThatHaveNoValueLast() {
    List<String> up = allKeys("/records/customer?sort=referred_by");
    List<String> down = allKeys("/records/customer?sort=-referred_by");

    assertThat(up)
        .isEqualTo(
            admin
                .jdbc()
                .queryForList(
                    "select customer_id::text from customer order by referred_by nulls last, customer.customer_id",
                    String.class));
    assertThat(down)
        .isEqualTo(
            admin
                .jdbc()
                .queryForList(
                    "select customer_id::text from customer order by referred_by desc nulls last, customer.customer_id desc",
                    String.class));
  }

  @Test
  void takesANumberForAKeyFirst() {
    Visitor.Page page = get("/records/customer?q=5");
    assertThat(keys(page)).containsExactly("5");
    assertThat(page.body()).contains("Look for it in texts instead");
    assertThat(keys(get("/records/customer?q=%225%22"))).isNotEqualTo(List.of("5"));
  }

  @Test
  void narrowsByReferencesAndChoices() {
    assertThat(get("/records/order?customer_id=5").body()).contains("customer_id = 5");
    List<String> shipped = allKeys("/records/order?state=shipped");
    Long counted = one("select count(*) from \"order\" where state = 'shipped'", Long.class);
    assertThat(shipped).hasSize(counted.intValue());
    assertThat(get("/records/order").body()).contains("class=\"count\">%,d<".formatted(counted));
    assertThat(root.get("/records/order?customer_id=x%27").status()).isEqualTo(400);
  }

  @Test
  void showsARowWithWhatItRefersToAndWhatRefersToIt() {
    Visitor.Page order = get("/records/order/1");
    assertThat(order.body()).contains("href=\"/records/customer/", "Whose data this is");
    Visitor.Page customer = get("/records/customer/5?counts=true");
    assertThat(customer.body())
        .contains("order.customer_id", "href=\"/records/order?customer_id=5\"")
        .contains("This row is a person");
    assertThat(get("/records/customer/5/referrers").body())
        .contains("order.customer_id")
        .doesNotContain("<html");
    assertThat(root.get("/records/customer/999999").status()).isEqualTo(404);
    assertThat(get("/records/customer/5").body())
        .contains("<strong>view</strong> by <span>The root");
  }

  @Test
  void hidesSecretsAndTellsNothingOfThemByTheWay() {
    String hash = one("select password_hash from account where account_id = 1", String.class);
    assertThat(get("/records/account/1").body()).contains("hidden").doesNotContain(hash);
    assertThat(get("/records/account?q=1").body()).doesNotContain(hash);
    assertThat(get("/records/account?format=csv").body())
        .contains("username")
        .doesNotContain("password_hash", hash);
    assertThat(keys(get("/records/account?q=" + hash.substring(0, 12).replaceAll("[^a-z0-9]", ""))))
        .isEmpty();
    assertThat(get("/records/account?password_hash=x").body()).doesNotContain("password_hash = x");
  }

  @Test
  void writesAllRowsAsAFile() {
    Visitor.Page file = get("/records/customer?format=csv");
    Integer rows = one("select count(*) from customer", Integer.class);
    assertThat(file.header("Content-Disposition")).contains("customer.csv");
    assertThat(file.body().lines()).hasSize(rows + 1);
    assertThat(admin.lethe().audit(null, "customer", 9))
        .extracting(e -> e.action(), e -> e.details())
        .containsExactly(tuple("download", "{\"format\": \"csv\", \"narrowed\": false}"));
    get("/records/product?format=csv");
    assertThat(admin.lethe().audit(null, "product", 9)).as("tells of nobody").isEmpty();
  }

  @Test
  void showsRowsThatNothingNames() {
    assertThat(get("/records/access_log").body())
        .contains("remoteAddr")
        .doesNotContain("name=\"row\"", "href=\"/records/access_log/");
    List<String> seen = new ArrayList<>();
    for (String at = "/records/access_log"; !at.isEmpty() && seen.size() < 5; ) {
      seen.add(at);
      at = Fields.next(get(at));
    }
    assertThat(seen).hasSizeGreaterThan(1).doesNotHaveDuplicates();
  }

  @Test
  void showsNobodyWhatTheyMayNotSee() {
    Visitor viewer = admin.signedIn(admin.staff("vera", "view:post"));
    assertThat(viewer.get("/records").body())
        .contains("href=\"/records/post\"")
        .doesNotContain("/records/customer");
    assertThat(viewer.get("/records/customer").status()).isEqualTo(403);
    assertThat(viewer.get("/records/customer/5").status()).isEqualTo(403);
    assertThat(viewer.get("/records/customer?format=csv").status()).isEqualTo(403);
    assertThat(viewer.get("/records/customer/5/referrers").status()).isEqualTo(403);
    String author =
        one(
            "select username from account join post on author_id = account.account_id order by post_id limit 1",
            String.class);
    assertThat(viewer.get("/records/post").body())
        .doesNotContain("/records/account", "Delete the chosen")
        .doesNotContain(author);
  }

  @Test
  void findsNoTablesOfItsOwn() {
    assertThat(root.get("/records/lethe.deletion").status()).isEqualTo(404);
    assertThat(root.get("/records/nothing").status()).isEqualTo(404);
    assertThat(root.get("/records/customer/1,2").status()).isEqualTo(404);
  }
}
