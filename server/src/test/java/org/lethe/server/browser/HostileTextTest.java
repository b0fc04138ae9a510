package org.lethe.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.account.AccountChange;
import org.lethe.account.Directory;
import org.lethe.account.Group;
import org.lethe.collect.Roots;
import org.lethe.schema.TableId;
import org.lethe.server.AdminScene;
import org.lethe.server.Visitor;
import org.lethe.server.records.RecordAddress;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.PostgresServer;
import org.lethe.testkit.Samples;
import org.lethe.trash.By;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Whatever is typed, stored or declared somewhere is text on every page, in a browser that would
 * run it: names, reasons, rows, labels, comments, tables, columns and addresses.
 */
@SuppressWarnings("NullAway.Init")
class HostileTextTest {

  private static final String BAD =
      "<script>window.hacked=1</script>\"><img src=x onerror=window.hacked=1>' onmouseover='window.hacked=1";

  /** A name that the database takes has 63 bytes at most. */
  private static final String TABLE = "odd\"><img src=x onerror=window.hacked=1>'";

  /** As messages name it: quoted, as in SQL. */
  private static final String NAMED = TABLE.replace("\"", "\"\"");

  private static final String COLUMN = "column<script>window.hacked=1</script>";

  /** What stands in the page though it should be text; null if nothing does. */
  private static final String INJECTED =
      """
      if (window.hacked !== undefined) {
        return 'a script ran';
      }
      const foreign = [...document.querySelectorAll('*')].filter(e =>
        e.matches('script:not([src^="/"]), img[src="x"]')
        || [...e.attributes].some(a => a.name.startsWith('on')));
      return foreign.length === 0 ? null : foreign.map(e => e.outerHTML).join(' ');
      """;

  /** Everything that can be read, also what is folded up, and what fields hold. */
  private static final String READ =
      """
      return document.documentElement.textContent + ' '
        + [...document.querySelectorAll('input, textarea')].map(e => e.value).join(' ');
      """;

  private static final By SETUP = new By("test", null);

  private static AdminScene scene;
  private static Visitor ada;

  /** Each address, and the bad texts that can be read there. */
  private static final Map<String, List<String>> PAGES = new LinkedHashMap<>();

  private static String bad(String word) {
    return word + BAD;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @BeforeAll
  static void open() {
    PGSimpleDataSource database = Samples.plaza();
    String literal = BAD.replace("'", "''");
    PostgresServer.execute(
        database,
        """
        comment on table customer is 'comment%1$s';
        update customer set first_name = 'first%1$s' where customer_id in (5, 6, 7, 8);
        update todo set title = 'todo%1$s' where todo_id in (5, 6);
        update "order" set note = 'note%1$s' where order_id = 4;
        create table "%2$s" (id int primary key, "%3$s" text, customer_id int references customer);
        create index on "%2$s" (customer_id);
        insert into "%2$s" values (1, 'cell%1$s', 5), (2, 'cell%1$s', 6);
        """
            .formatted(literal, NAMED, COLUMN));
    String policy =
        Plaza.policyYaml()
            .replace("law: \"tax code\"", "law: 'law%s'".formatted(literal))
            .replace("\"{street}, {city} {country}\"", "'label%s {city}'".formatted(literal));
    scene = AdminScene.over(database, policy);
    ada = scene.signedIn(scene.superuser("ada"));
    people();
    rows();
    upkeep();
    addresses();
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static void page(String address, String... words) {
    PAGES.put(address, Arrays.stream(words).map(HostileTextTest::bad).toList());
  }

  /** Where the table is spoken of as well. */
  private static void naming(String address, String... words) {
    page(address, words);
    PAGES.computeIfPresent(
        address, (a, texts) -> Stream.concat(texts.stream(), Stream.of(NAMED)).toList());
  }

  /** Accounts, groups, permissions, tokens, and why somebody left. */
  private static void people() {
    Directory own = scene.accounts().directory("lethe");
    Group group = own.createGroup(bad("group"), SETUP);
    Account ben = scene.staff("ben");
    Account cat = scene.staff("cat");
    own.setGroups(ben.id().key(), List.of(group.key()), SETUP);
    own.change(
        ben.id().key(), new AccountChange(bad("login"), bad("name"), null, null, null), SETUP);
    ada.post("/me/tokens", "name", bad("token"), "scopes", "view:*");
    submit("/users/leave", "row", cat.id().text(), "way", "deactivate", "reason", bad("left"));
    submit(
        "/users/leave",
        "row",
        ben.id().text(),
        "way",
        "offboard",
        "reason",
        bad("planned"),
        "day",
        "2099-01-01");
    String user = "/users/" + ben.id().text();
    page("/users?q=login", "login", "name");
    page(user, "login", "name", "group", "planned");
    page(user + "/leaving", "name");
    page("/users/leave?row=" + ben.id().text(), "name", "group");
    page("/users/" + cat.id().text(), "left");
    page("/users/" + cat.id().text() + "/return", "left");
    page("/groups", "group");
    page("/groups/lethe/" + group.key(), "group", "name");
    page("/me", "token");
  }

  /** Rows, what the policy and the database call them, and what became of them. */
  private static void rows() {
    UUID todo = deleted("todo", "5", bad("why"));
    submit("/trash/" + todo + "/hold", "reason", bad("hold"));
    UUID customer = deleted("customer", "8", bad("why"));
    String table =
        RecordAddress.of(scene.lethe().decisions().catalog(), new TableId("public", TABLE));
    naming("/records", "comment");
    page("/records/customer?customer_id=5", "first");
    page("/records/customer/5", "first");
    naming("/records/customer/5/delete", "first");
    page("/records/customer/5/delete/tree", "first");
    naming(
        "/records/customer/delete/picture.svg?rows=customer:1&rows="
            + table.substring("/records/".length())
            + ":1");
    naming("/records/customer/5?counts=true", "first");
    page("/records/todo/6", "todo");
    page("/records/todo/6/delete", "todo");
    page("/records/order/4", "note");
    page("/records/address/5,1", "label");
    naming(table, "cell");
    naming(table + "/1", "cell", "first");
    naming(table + "/1/delete");
    page("/trash", "todo", "first", "why");
    page("/trash/" + todo, "todo", "why", "hold");
    page("/trash/" + customer, "first");
    naming("/schema");
    page("/schema/map.svg");
    naming("/schema?table=" + encoded(NAMED) + "&depth=1");
    naming("/schema/map.svg?table=" + encoded(NAMED) + "&depth=1");
  }

  private static UUID deleted(String table, String key, String reason) {
    Roots root = new Roots.Keys(new TableId("public", table), List.of(List.of(key)));
    return Objects.requireNonNull(
        scene.lethe().trash().delete(root, Period.ofDays(30), new By("test", reason)).deletion());
  }

  /** Requests, rules, the checklist, the audit. */
  private static void upkeep() {
    String[] asked = {"kind", "ERASURE", "subject", "customer", "value", "customer_id=6"};
    String request = ada.post("/requests", with(asked, "reason", bad("remark"))).location();
    submit(request + "/verify", "reason", bad("passport"));
    String denied =
        ada.post("/requests", "kind", "ACCESS", "subject", "customer", "value", "customer_id=7")
            .location();
    submit(denied + "/deny", "reason", bad("denied"));
    submit("/retention/purge/pause", "reason", bad("paused"));
    submit("/retention/rules/inactive-accounts/pause", "reason", bad("halted"));
    submit("/checklist/look");
    page(request, "passport");
    naming(request + "/plan", "law");
    page(denied, "denied");
    page("/requests");
    page("/retention");
    page("/retention/purge", "paused");
    page("/retention/rules/inactive-accounts", "halted");
    page("/checklist");
    naming("/checklist?q=odd");
    page("/audit", "paused", "why");
    page("/jobs");
    page("/");
  }

  private static String[] with(String[] fields, String name, String value) {
    return Stream.concat(Arrays.stream(fields), Stream.of(name, value)).toArray(String[]::new);
  }

  /** What comes with the address itself. */
  private static void addresses() {
    String said = encoded(bad("said"));
    for (String list : List.of("/users", "/records", "/records/customer", "/trash", "/checklist")) {
      page(list + "?q=" + said, "said");
      page(list + "?sort=" + said + "&after=" + said + "&" + said + "=" + said);
    }
    page("/search?q=" + said, "said");
    page("/audit?actor=" + said + "&object=" + said, "said");
    page("/requests/new?kind=" + said + "&subject=" + said + "&value=" + said, "said");
    page("/users/leave?row=" + said + "&as=" + said);
    page("/users?state=" + said + "&in=" + said);
    page("/records/" + said);
    page("/records/customer/" + said);
    page("/records/customer?first_name=" + said);
    page("/schema?table=" + said + "&depth=" + said);
    page("/trash?state=" + said);
    page("/requests?state=" + said);
    page("/retention/rules/" + said);
    page("/checklist/codes/" + said);
    page("/groups/lethe/" + said);
    page("/nowhere/" + said);
    page("/confirm?word=" + said, "said");
    page("/sign-in/new-password?word=" + said);
  }

  private static void submit(String path, String... fields) {
    Visitor.Page answer = ada.submit(path, fields);
    assertThat(answer.body()).as(path).doesNotContain("alert-danger");
    assertThat(answer.status()).as(path).isEqualTo(200);
  }

  @Test
  void itIsReadAndNeverRun() {
    List<String> wrong = new ArrayList<>();
    try (Browser browser = Browser.open(scene)) {
      browser.signIn("ada", AdminScene.PASSWORD);
      browser.await("What needs you");
      PAGES.forEach(
          (address, words) -> {
            browser.go(address);
            Object injected = browser.run(INJECTED);
            if (injected != null) {
              wrong.add(address + ": " + injected);
            }
            String text = String.valueOf(browser.run(READ));
            words.stream()
                .filter(word -> !text.contains(word))
                .forEach(
                    word ->
                        wrong.add(
                            address
                                + ": cannot be read: "
                                + word
                                + " in "
                                + text.replaceAll("\\s+", " ")
                                    .substring(0, Math.min(300, text.length() / 2))));
          });
      browser.complaints().stream()
          .filter(c -> !c.contains("the server responded with a status of 40"))
          .forEach(c -> wrong.add("complaint " + c));
    }
    assertThat(wrong).isEmpty();
  }
}
