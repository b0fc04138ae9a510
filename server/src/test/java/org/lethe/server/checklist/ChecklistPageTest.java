package org.lethe.server.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lethe.checklist.Code;
import org.lethe.cli.admin.Admin;
import org.lethe.cli.admin.AdminSettings;
import org.lethe.server.AdminScene;
import org.lethe.server.JobPages;
import org.lethe.server.LetheServer;
import org.lethe.server.Visitor;

/** What nobody decided yet, in the browser: looked for, narrowed, explained, handed out. */
@SuppressWarnings("NullAway.Init")
class ChecklistPageTest {

  private static AdminScene scene;
  private static Visitor visitor;
  private static String never;
  private static String first;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza("version: 1\nschemas: [public, support]\n");
    scene
        .jdbc()
        .execute("create table \"<script>t\" (id int primary key, c int references customer)");
    for (int i = 1; i <= 60; i++) {
      scene.jdbc().execute("create table many_%d (c int references customer)".formatted(i));
    }
    visitor = scene.signedIn(scene.staff("checker", "check:*"));
    never = page("/checklist");
    first = firstLook();
    JobPages.done(visitor, visitor.post("/checklist/look"));
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static String page(String path) {
    Visitor.Page page = visitor.get(path);
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    return page.body();
  }

  /** What the page shows once an admin has started that looks by itself. */
  private static String firstLook() {
    try (Admin.Running second = new LetheServer().start(lookingFirst(scene.settings()))) {
      assertThat(second.address()).isNotNull();
      Instant late = Instant.now().plusSeconds(60);
      String page = page("/checklist");
      while (page.contains("Nobody has looked yet") && Instant.now().isBefore(late)) {
        Thread.sleep(100);
        page = page("/checklist");
      }
      return page;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static AdminSettings lookingFirst(AdminSettings s) {
    return new AdminSettings(
        s.dataSource(),
        s.lethe(),
        s.policy(),
        s.requests(),
        s.messenger(),
        s.environment(),
        s.listen(),
        s.publicAddress(),
        s.clock(),
        true);
  }

  @Test
  void theFirstLookIsTakenWhenTheAdminStarts() {
    assertThat(first)
        .contains("lethe</span> had it looked at", "Nobody decided what a relation does");
  }

  @Test
  void beforeAnybodyLookedItSaysSo() {
    assertThat(never).contains("Nobody has looked yet", "Look now");
  }

  @Test
  void findingsComeWithWhatSettlesThem() {
    String page = page("/checklist?code=undecided-relation");
    assertThat(page)
        .contains("The checker</span> had it looked at", "Nobody decided what a relation does")
        .contains("class=\"snippet\"", "relations:")
        .doesNotContain("style=");
    assertThat(page("/checklist?code=missing-index&q=script"))
        .contains("&lt;script&gt;t", "create index concurrently")
        .doesNotContain("<script>t");
  }

  @Test
  void theListIsNarrowedAndCounted() {
    String page = page("/checklist?table=invoice");
    assertThat(page).contains("aria-current=\"true\"").contains("table <span>invoice</span>");
    assertThat(page).doesNotContain("table <span>post</span>");
    assertThat(page("/checklist?severity=error")).doesNotContain(">note</span> <span>");
    assertThat(page("/checklist?q=nothing-is-called-this")).contains("Nothing matches");
    String first = page("/checklist");
    assertThat(first).contains("rel=\"next\"");
    String next = first.replaceAll("(?s).*rel=\"next\" href=\"([^\"]+)\".*", "$1");
    assertThat(page(next)).contains("class=\"card\"").contains("First page");
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void everyFindingIsExplained(Code code) {
    assertThat(page("/checklist/codes/" + code.id()))
        .containsPattern("meaning\"><p>[A-Z<]")
        .doesNotContain("](");
  }

  @ParameterizedTest
  @CsvSource({
    "text,text/plain,undecided-relation",
    "json,application/json,\"fingerprint\"",
    "sarif,application/json,2.1.0",
    "junit,application/xml,<testsuite"
  })
  void findingsAreHandedOut(String format, String type, String holds) {
    Visitor.Page file = visitor.get("/checklist/findings/" + format);
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("content-type")).startsWith(type);
    assertThat(file.header("content-disposition")).contains("attachment");
    assertThat(file.body()).contains(holds);
  }

  @Test
  void unknownThingsAreNotThere() {
    assertThat(visitor.get("/checklist/findings/exe").status()).isEqualTo(404);
    assertThat(visitor.get("/checklist/codes/%3Cscript%3E").status()).isEqualTo(404);
  }

  @Test
  void onlyWhoMayLooks() {
    Visitor other = scene.signedIn(scene.staff("other", "view:*", "audit:*", "map:*"));
    for (String path :
        new String[] {"/checklist", "/checklist/findings/json", "/checklist/codes/missing-index"}) {
      assertThat(other.get(path).status()).as(path).isEqualTo(403);
      assertThat(scene.visitor().get(path).location()).isEqualTo("/sign-in");
    }
    assertThat(other.post("/checklist/look").status()).isEqualTo(403);
  }
}
