package org.lethe.server.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.account.Account;
import org.lethe.collect.Roots;
import org.lethe.policy.Rule;
import org.lethe.server.AdminScene;
import org.lethe.server.JobPages;
import org.lethe.server.Visitor;
import org.lethe.testkit.Plaza;
import org.lethe.trash.By;

/** Rules and the purge: looked at, tried, run, paused; by those who may and not by others. */
@SuppressWarnings("NullAway.Init")
class RetentionPageTest {

  private static final String MORE =
      """
      rules:
        "50% <b>off</b>/x": { table: todo, where: "title = '<script>'", older_than: { deleted_at: P1M }, every: P1D, action: soft_delete }
        broken: { table: todo, where: "no_such_column", older_than: { deleted_at: P1M }, every: P1D, action: delete }
        forgotten: { table: customer, where: "customer_id < 0", older_than: { created_at: P9Y }, every: P1D, action: erase }
      """;
  private static final String SUBSCRIPTIONS = "/retention/rules/unconfirmed-subscriptions";
  private static final String ATTEMPTS = "/retention/rules/old-sign-in-attempts";
  private static final String SCRIPT = "<script>alert(1)</script>";

  private static AdminScene scene;
  private static Account ada;
  private static Visitor root;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza(Plaza.policyYaml().replace("rules:\n", MORE));
    ada = scene.superuser("ada");
    root = scene.signedIn(ada);
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static String page(String path) {
    Visitor.Page page = root.get(path);
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    return page.body();
  }

  private static long rows(String table) {
    Long rows = scene.jdbc().queryForObject("select count(*) from " + table, Long.class);
    return rows == null ? -1 : rows;
  }

  private static long due(String rule) {
    Rule found =
        scene.lethe().decisions().rules().stream()
            .filter(r -> r.name().equals(rule))
            .findFirst()
            .orElseThrow();
    return scene.lethe().rules().count(found);
  }

  @Test
  void everyRuleIsToldInWordsAndThePurgeAmongThem() {
    String page = page("/retention");
    assertThat(page)
        .contains("Deletes rows of newsletter_subscription for good once created_at is 14 days ago")
        .contains("every 5 minutes", "at 30 3 * * * (cron, UTC)", "every day")
        .contains("Deactivates accounts of account once last_login is 2 years ago")
        .contains("Puts rows of account into the trash once created_at is 30 days ago")
        .contains("Erases people of customer everywhere once created_at is 9 years ago")
        .contains("Purge of the trash", "never ran to its end", "nobody runs it by the clock")
        .doesNotContain("<b>off", "<script>'", "style=");
  }

  @Test
  void aRuleOfAnyNameHasItsPage() {
    String page = page("/retention/rules/50~25~20~3cb~3eoff~3c~2fb~3e~2fx");
    assertThat(page).contains("50% &lt;b&gt;off").contains("title = &#39;&lt;script&gt;&#39;");
    assertThat(page("/retention")).contains("/retention/rules/50~25~20~3cb~3eoff~3c~2fb~3e~2fx");
    assertThat(root.get("/retention/rules/nothing").status()).isEqualTo(404);
  }

  @Test
  void whatIsDueIsCountedApartAndWithoutScriptsToo() {
    long due = due("inactive-accounts");
    String counted = "%,d rows".formatted(due);
    assertThat(due).isPositive();
    assertThat(page("/retention/rules/inactive-accounts")).doesNotContain(counted);
    assertThat(page("/retention/rules/inactive-accounts/due"))
        .contains(counted)
        .doesNotContain("<html");
    assertThat(page("/retention/rules/inactive-accounts?due=1")).contains(counted);
    assertThat(page("/retention/rules/broken/due")).contains("cannot be counted", "no_such_column");
    assertThat(page("/retention/purge/due")).contains("removal");
  }

  @Test
  void aDryRunCountsAndChangesNothing() {
    long before = rows("sign_in_attempt");
    long due = due("old-sign-in-attempts");
    assertThat(due).isPositive();

    String told = JobPages.done(root, root.post(ATTEMPTS + "/rehearse"));

    assertThat(told).contains("It would delete %,d rows for good".formatted(due), "Nothing was");
    assertThat(rows("sign_in_attempt")).isEqualTo(before);
    String broken = JobPages.ended(root, root.post("/retention/rules/broken/rehearse"));
    assertThat(broken).contains("<h2>Failed</h2>", "no_such_column");
  }

  @Test
  void whatDeletesForGoodWantsThePasswordAndThenTellsWhatItDid() {
    long due = due("unconfirmed-subscriptions");
    long before = rows("newsletter_subscription");
    assertThat(due).isPositive();

    for (String typed : List.of("", "not-hers")) {
      Visitor.Page refused = root.submit(SUBSCRIPTIONS + "/run", "password", typed);
      assertThat(refused.body()).contains("that is not your password; nothing was done");
    }
    assertThat(rows("newsletter_subscription")).isEqualTo(before);

    Visitor.Page started = root.post(SUBSCRIPTIONS + "/run", "password", AdminScene.PASSWORD);
    assertThat(JobPages.done(root, started))
        .contains("Finished: %,d rows removed".formatted(due))
        .contains("href=\"" + SUBSCRIPTIONS + "\"");
    assertThat(rows("newsletter_subscription")).isEqualTo(before - due);
    assertThat(page(SUBSCRIPTIONS))
        .contains("<rect", "%,d rows removed".formatted(due), "finished", "ada")
        .doesNotContain("never ran to its end");
    assertThat(page("/retention")).contains("<rect");
    assertThat(scene.lethe().rules().history("unconfirmed-subscriptions", 1).get(0).actor())
        .isEqualTo(ada.id().text());
  }

  @Test
  void aPausedRuleDoesNotRunUntilItIsResumed() {
    String path = "/retention/rules/deleted-todos";
    assertThat(root.submit(path + "/pause", "reason", "  ").body()).contains("needs a reason");
    assertThat(root.submit(path + "/pause", "reason", SCRIPT).body())
        .contains("is paused. A run under way stops soon.", "&lt;script&gt;alert(1)")
        .doesNotContain(SCRIPT);
    assertThat(page("/retention")).contains("paused by The ada");
    assertThat(root.submit(path + "/pause", "reason", "again").body()).contains("paused already");

    Visitor.Page started = root.post(path + "/run", "password", AdminScene.PASSWORD);
    assertThat(JobPages.done(root, started))
        .contains("Nothing was done: the rule is paused")
        .doesNotContain(SCRIPT);

    assertThat(root.submit(path + "/resume").body()).contains("runs again when it is due");
    assertThat(root.submit(path + "/resume").body()).contains("is not paused");
  }

  @Test
  void thePurgeIsPausedRunAndListedLikeARule() {
    Roots todo = new Roots.Where(scene.lethe().catalog().find("todo").orElseThrow(), "todo_id = 1");
    scene.lethe().trash().delete(todo, Period.ZERO, new By("test", null));
    assertThat(page("/retention/purge?due=1")).contains("1 removal");

    root.submit("/retention/purge/pause", "reason", "auditors");
    assertThat(
            JobPages.done(root, root.post("/retention/purge/run", "password", AdminScene.PASSWORD)))
        .contains("the purge is paused (auditors)");
    assertThat(root.submit("/retention/purge/resume").body()).contains("goes on when it is due");
    assertThat(root.submit("/retention/purge/run", "password", "wrong").body())
        .contains("not your password");
    assertThat(
            JobPages.done(root, root.post("/retention/purge/run", "password", AdminScene.PASSWORD)))
        .contains("Finished: 1 removal, 1 row gone for good");
    assertThat(page("/retention/purge")).contains("1 removal, 1 row gone for good", "<rect");
    assertThat(page("/retention/purge?due=1")).contains("0 removals");
  }

  @Test
  void manyRunsAreListedPageByPage() {
    scene
        .jdbc()
        .update(
            """
            insert into lethe.rule_run (run_id, round, rule, action, actor, state, started_at, finished_at, report)
            select gen_random_uuid(), gen_random_uuid(), 'messages-of-nobody', 'delete', 'clerk ' || n, 'finished',
                   now(), now(), '{"total": 0, "deleted": {}, "updated": {}, "set_aside": {}}'
              from generate_series(1, 60) as n
            """);
    String first = page("/retention/rules/messages-of-nobody");
    assertThat(first).contains(">clerk 60<", ">clerk 11<").doesNotContain(">clerk 10<");
    String next = first.replaceAll("(?s).*rel=\"next\" href=\"([^\"]+)\".*", "$1");
    assertThat(page(next)).contains(">clerk 10<", ">clerk 1<").doesNotContain(">clerk 11<");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/retention",
        "/retention/purge",
        "/retention/purge/due",
        SUBSCRIPTIONS,
        SUBSCRIPTIONS + "/due"
      })
  void onlyWhoMayLooksAtRules(String path) {
    assertThat(clerk().get(path).status()).isEqualTo(403);
    assertThat(scene.visitor().get(path).location()).isEqualTo("/sign-in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rehearse", "/run", "/pause", "/resume"})
  void onlyWhoMayDoesThingsToThem(String act) {
    long before = rows("sign_in_attempt");
    Visitor clerk = clerk();
    for (String path : List.of(ATTEMPTS + act, "/retention/purge" + act)) {
      Visitor.Page page = clerk.post(path, "password", AdminScene.PASSWORD, "reason", "because");
      assertThat(page.status()).isIn(403, 404);
    }
    assertThat(rows("sign_in_attempt")).isEqualTo(before);
    assertThat(scene.lethe().pauses().find("rule old-sign-in-attempts")).isEmpty();
  }

  @Test
  void whoMayRunRulesMayNotErasePeopleWithThem() {
    Visitor keeper = scene.signedIn(scene.staff("keeper", "rules:*"));
    String path = "/retention/rules/forgotten/run";
    assertThat(keeper.post(path, "password", AdminScene.PASSWORD).status()).isEqualTo(403);
    assertThat(keeper.post(path, "password", "a guess").status()).isEqualTo(403);
    assertThat(JobPages.done(root, root.post(path, "password", AdminScene.PASSWORD)))
        .contains("Finished: nothing to do");
  }

  private static Visitor clerk() {
    String name = "clerk" + System.nanoTime();
    return scene.signedIn(scene.staff(name, "view:*", "requests:*", "audit:*"));
  }
}
